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
 * that minute. Only further runs tell that; where there are several, each is one observation.
 *
 * <p>A trial without a number is a trial: it is told beside what is said of the others, never left
 * out. Intervals that are told together hold together.
 */
@NullMarked
package dev.sockbed.bench.stats;

import org.jspecify.annotations.NullMarked;
