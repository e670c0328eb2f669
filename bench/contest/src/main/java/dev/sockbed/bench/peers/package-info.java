/**
 * The same exchanges by other programs, in the same run: the JDK's channels with nothing around
 * them, its older sockets, and Netty's epoll transport, which all have both ends here, as we have.
 *
 * <p>A {@link dev.sockbed.bench.peers.Setting} says what is exchanged; each {@link
 * dev.sockbed.bench.peers.Contestant} that can do it opens both ends, and one thread of the client
 * drives the exchanges. Trials of the contestants take turns, so that all see the machine in the
 * same mood; each trial is a JVM of its own. Of every trial the median iteration counts.
 */
@NullMarked
package dev.sockbed.bench.peers;

import org.jspecify.annotations.NullMarked;
