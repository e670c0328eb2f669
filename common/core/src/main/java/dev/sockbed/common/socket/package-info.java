/**
 * The socket floor: TCP and UDP sockets whose calls bear their POSIX names, so that a line of Java
 * here reads like the line of C or MicroPython that it stands for.
 *
 * <p>The two sockets are twins. What differs is what the transports differ in: a TCP receive gives
 * up to {@code limit} bytes of a stream, wherever the sender's writes began and ended; a UDP
 * receive gives one datagram cut to {@code limit} bytes, and says whether it was cut.
 *
 * <p>How the bytes come and go stands beside the sockets: {@code PlainStream} and {@code
 * PlainDatagrams} make one system call for each message, and are what a port needs. {@code
 * BatchedStream} and {@code BatchedDatagrams} make fewer, and {@code ChannelWait} waits other than
 * in the call; leave them out at first.
 *
 * <h2>Threads</h2>
 *
 * One thread at a time sends and one at a time receives; they may be two. {@code close} may be
 * called from any thread, and is how a waiting call is ended: the call fails with {@link
 * dev.sockbed.common.SocketError#CLOSED} at once. Interrupting a thread that waits in a call closes
 * the socket too; that is the JDK's rule for channels, and it can't be undone.
 *
 * <h2>Garbage</h2>
 *
 * Sending and receiving allocate nothing, with one exception: a datagram received from a sender
 * other than the one before makes the JDK create that sender's address. Failures allocate, being
 * exceptions.
 *
 * <h2>Waiting</h2>
 *
 * Every wait can be bounded: connect and receive by their timeouts, a send by {@link
 * dev.sockbed.common.socket.Watchdog}, which closes the socket, because the JDK can't give up a
 * blocked write in any other way.
 */
@NullMarked
package dev.sockbed.common.socket;

import org.jspecify.annotations.NullMarked;
