/**
 * The floor: echoes on the JDK's channels with nothing of ours around them. What sockbed adds is
 * the difference to this.
 *
 * <p>A server has one thread, which inherits its processors from the one that opens it, and serves
 * one client at a time; a client is used by one thread. Nothing here has a timeout; closing a
 * channel ends what waits on it.
 */
@NullMarked
package dev.sockbed.bench.bare;

import org.jspecify.annotations.NullMarked;
