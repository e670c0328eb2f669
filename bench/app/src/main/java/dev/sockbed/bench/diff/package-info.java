/**
 * Two runs of the same work set against each other: did it change? The answer rests on the trials
 * of both, allows for a tolerance, and counts the many questions that are asked at once, so that
 * runs of the same build seldom raise an alarm.
 *
 * <p>Nothing here measures: it reads files, in one thread, and computes.
 */
@NullMarked
package dev.sockbed.bench.diff;

import org.jspecify.annotations.NullMarked;
