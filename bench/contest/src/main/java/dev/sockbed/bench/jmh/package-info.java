/**
 * JMH benchmarks, one a file, each named for what it measures. TCP and UDP are twins, and beside
 * the product stands the floor: the same work on the JDK's channels with nothing of ours around it.
 *
 * <p>Server and client live in one JVM and talk over loopback. Each benchmark checks in its
 * tear-down that the server saw as much as the client says it sent, so a number can't come from
 * work that did not happen.
 */
@NullMarked
package dev.sockbed.bench.jmh;

import org.jspecify.annotations.NullMarked;
