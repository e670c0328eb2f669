/**
 * What a run found, as plain values: the records here are the JSON files' contents, key for key
 * (integers in nanoseconds, bytes and counts; null where unknown; never NaN). Producers ({@code
 * load}, {@code compare}) make them, {@code report} shows them, {@code diff} reads two of them.
 */
@NullMarked
package dev.sockbed.bench.result;

import org.jspecify.annotations.NullMarked;
