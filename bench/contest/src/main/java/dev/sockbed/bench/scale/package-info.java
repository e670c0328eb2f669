/**
 * What many connections cost: the round trips of a few active ones beside up to 10,000 that are
 * held and say nothing, and the server's memory, threads and descriptors for those.
 *
 * <p>The server is {@code serve} in a JVM of its own, a fresh one each trial, which is looked at
 * from outside.
 */
@NullMarked
package dev.sockbed.bench.scale;

import org.jspecify.annotations.NullMarked;
