/**
 * What may be said of a few repeated trials, and how surely.
 *
 * <p>The unit of everything here is the trial, not the message: messages of one trial share its
 * luck (placement, compilation, neighbours), so a million of them are still one observation of what
 * varies between trials (Kalibera and Jones, "Rigorous Benchmarking in Reasonable Time", ISMM
 * 2013). A ratio is stated with a confidence interval, and a difference is claimed only when the
 * interval excludes it away (Georges, Buytaert and Eeckhout, "Statistically Rigorous Java
 * Performance Evaluation", OOPSLA 2007).
 *
 * <p>What the intervals cannot know is what stayed the same during a whole run and would differ in
 * the next: where the processes were placed, how the code was compiled, what else the machine did
 * that minute. Only further runs tell that.
 *
 * <p>Everything is deterministic: resampling takes a seed.
 */
@NullMarked
package dev.sockbed.bench.stats;

import org.jspecify.annotations.NullMarked;
