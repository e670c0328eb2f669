/**
 * The command {@code load}: its flags become a plan for the load generator, its results a report.
 * Trials run one after the other in the command's thread; an interrupt ends the one that runs, and
 * what was measured so far is reported.
 */
@NullMarked
package dev.sockbed.bench.load.command;

import org.jspecify.annotations.NullMarked;
