/**
 * Commands of ours in a JVM of their own: servers that are measured from outside, and forks.
 *
 * <p>Each process belongs to the thread that started it, which waits for the address that it
 * prints, with a bound; {@code close} ends it and waits until it has ended.
 */
@NullMarked
package dev.sockbed.bench.serve;

import org.jspecify.annotations.NullMarked;
