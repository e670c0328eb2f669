/**
 * The command {@code bench}: starts JMH, or one of the comparisons that are made of benchmarks, and
 * writes down what it found. JMH and the comparisons start JVMs of their own, one at a time, and
 * the command's thread waits for them.
 */
@NullMarked
package dev.sockbed.bench.command;

import org.jspecify.annotations.NullMarked;
