/**
 * The command {@code load}: its flags become a plan for the load generator, its results a report.
 */
@NullMarked
package dev.sockbed.bench.load.command;

import org.jspecify.annotations.NullMarked;
