/**
 * What a run found, as plain values: the records here are the JSON files' contents, key for key
 * (integers in nanoseconds, bytes and counts; null where unknown; never NaN). Producers ({@code
 * load}, {@code compare}) make them, {@code report} shows them, {@code diff} reads two of them.
 *
 * <p>All are immutable. Reading a file is bounded in its size, its depth and in what its histograms
 * may ask for; one that is broken is refused in one sentence.
 */
@NullMarked
package dev.sockbed.bench.result;

import org.jspecify.annotations.NullMarked;
