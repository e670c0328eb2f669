/**
 * What somebody needs of a network, and which ways of sending meet it: the messages, the deadline,
 * the part of them that must be back within it, and the link in between.
 */
@NullMarked
package dev.sockbed.bench.workload;

import org.jspecify.annotations.NullMarked;
