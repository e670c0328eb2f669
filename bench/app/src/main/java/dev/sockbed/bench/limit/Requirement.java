package dev.sockbed.bench.limit;

import dev.sockbed.bench.result.Point;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a run, and whether it was reached.
 *
 * @param point of what it was asked; null of the run as a whole
 * @param asks what was asked, as in {@code p99 at most 1 ms}
 * @param missed why it was not reached, in a sentence; null if it was
 */
public record Requirement(@Nullable Point point, String asks, @Nullable String missed) {}
