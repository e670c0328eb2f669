/**
 * The main job: the same work over TCP and over UDP, and what differs.
 *
 * <p>A {@link dev.sockbed.bench.compare.Profile} says how much is measured; its points become a
 * {@link dev.sockbed.bench.compare.TrialOrder}, in which both transports take turns and the order
 * of everything is drawn anew for every trial, so that a machine that grows warm or busy does so
 * for both alike. Each step of the schedule gives one cell; the cells give the verdicts.
 *
 * <p>One cell is measured at a time, in the command's thread. Servers are processes of their own,
 * started before the first cell and ended after the last. An interrupt ends the cell that is being
 * measured; what is there by then is reported.
 */
@NullMarked
package dev.sockbed.bench.compare;

import org.jspecify.annotations.NullMarked;
