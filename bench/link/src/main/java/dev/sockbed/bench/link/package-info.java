/**
 * Emulated links for real sockets. A {@link dev.sockbed.bench.link.UdpRelay} and a {@link
 * dev.sockbed.bench.link.TcpRelay} stand between a client and a server and work everywhere.
 *
 * <p>Links own threads and sockets from {@code open} to {@code close}; both may be called from any
 * thread, and after {@code close} nothing of them is left. What happens to packets is decided in
 * {@link dev.sockbed.bench.link.model}.
 */
@NullMarked
package dev.sockbed.bench.link;

import org.jspecify.annotations.NullMarked;
