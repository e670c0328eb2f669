/**
 * The checker's own ends of the wire: a TCP connection, a TCP listener, a UDP socket, and the
 * program that is judged, if the checker starts it.
 *
 * <h2>Threads</h2>
 *
 * Each peer has a virtual thread of its own that receives as soon as something comes and writes it
 * into the log with its time. The case's thread asks for what came, and never waits longer than it
 * says. {@code close} may be called from any thread.
 *
 * <h2>Bounds</h2>
 *
 * What a peer holds is bounded; one that is flooded stops listening and says so.
 */
@NullMarked
package dev.sockbed.bench.conformance.peers;

import org.jspecify.annotations.NullMarked;
