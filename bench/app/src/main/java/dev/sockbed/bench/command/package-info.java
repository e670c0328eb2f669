/**
 * The command {@code bench}: starts JMH, or one of the comparisons that are made of benchmarks, and
 * writes down what it found.
 */
@NullMarked
package dev.sockbed.bench.command;

import org.jspecify.annotations.NullMarked;
