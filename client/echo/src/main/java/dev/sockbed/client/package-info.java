/**
 * The asking side: clients that send a message to an echo server and tell what became of it.
 *
 * <p>{@link dev.sockbed.client.TcpEchoClient} and {@link dev.sockbed.client.UdpEchoClient} are
 * twins over one interface, {@link dev.sockbed.client.EchoClient}. What differs is what the
 * transports differ in. Over TCP the client counts bytes, and a byte that is missing leaves the
 * stream out of step, so the connection is closed. Over UDP it compares datagrams with what it
 * sent, and the next exchange is as good as the first.
 *
 * <h2>Threads</h2>
 *
 * A client belongs to one thread at a time, platform or virtual: the one that calls {@code
 * exchange}. Any thread may call {@code close}, {@code isOpen}, {@code fiveTuple} and the counters;
 * {@code close} is how a waiting exchange is ended, at once. So does interrupting the thread that
 * waits, which closes the client too. A client starts no thread of its own, and is not for two
 * exchanging threads at once: give each its own.
 *
 * <h2>Waiting</h2>
 *
 * Connecting waits at most the configured connect timeout, an exchange at most the client's timeout
 * and an eighth of it (1 to 250 ms), whatever the peer does: silence, a peer that never reads, a
 * peer that keeps on sending something else. The socket waits without a timeout of its own, which
 * costs fewest system calls; {@link dev.sockbed.common.socket.Watchdog} closes it when time is up.
 *
 * <h2>Errors</h2>
 *
 * What the network or the peer does to a message is its {@link dev.sockbed.common.Outcome}.
 * Exceptions are for connecting ({@link dev.sockbed.common.SocketFailure}) and for calls that make
 * no sense.
 *
 * <h2>Garbage</h2>
 *
 * An exchange allocates nothing on a platform thread, unless it fails or sends an empty datagram,
 * which the JDK does not do by itself.
 */
@NullMarked
package dev.sockbed.client;

import org.jspecify.annotations.NullMarked;
