/**
 * Echo servers by RFC 862, one for each transport, built from blocking calls alone; and one for TCP
 * that waits for all its callers at once.
 *
 * <h2>What they do</h2>
 *
 * {@link dev.sockbed.server.TcpEchoServer} sends back what it receives until the <em>caller</em>
 * closes; what was sent before a half-close is echoed first. {@link
 * dev.sockbed.server.UdpEchoServer} answers each datagram with its data, cut to the receive limit.
 * Neither looks into what it echoes.
 *
 * <h2>Threads</h2>
 *
 * Each server owns its threads, of the kind that its configuration names, and they are called
 * {@code sockbed-…}. TCP has one that accepts and one for each connection; UDP has one in all, and
 * so has {@link dev.sockbed.server.TcpEchoLoop}, which else is the same server to its callers. A
 * connection's socket is used by its own thread only, but for closing: that is done by the watchdog
 * when a time runs out, and by {@link dev.sockbed.server.EchoServer#stop}.
 *
 * <p>Every method of {@link dev.sockbed.server.EchoServer} may be called from any thread but the
 * server's own, at any time, also after the server was stopped. {@code address} and {@code
 * counters} never wait. {@code stop} and {@code close} wait, no longer than their bound and a
 * second; when they return, the server's threads have ended and its sockets are closed.
 *
 * <h2>Limits</h2>
 *
 * Every wait has a bound: a caller that sends nothing is let go after the idle timeout, one that
 * does not read after the write timeout. Memory has one too: connections are capped, and UDP's rate
 * limit keeps a table of fixed size. What a limit refuses is counted by {@link
 * dev.sockbed.server.DropReason}, and logged in one line at most once a second. No caller's fault
 * is another's: a failure ends the one connection, or loses the one reply, that it belongs to.
 *
 * <h2>Garbage</h2>
 *
 * Echoing allocates nothing, but for what the JDK allocates when UDP's sender changes.
 */
@NullMarked
package dev.sockbed.server;

import org.jspecify.annotations.NullMarked;
