package dev.sockbed.common.socket;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SharedChanges;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.testing.Call;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * One way to use a socket, for tests that hold in every way.
 *
 * @param timed whether receives have a timeout, which the tests that wait for bytes never reach
 */
record Way(
    Transport transport, ThreadKind threads, WaitStrategy waiting, IoMode io, boolean timed) {

  static Stream<Way> all() {
    return Stream.of(Transport.values()).flatMap(Way::over);
  }

  static Stream<Way> overTcp() {
    return over(Transport.TCP);
  }

  static Stream<Way> overUdp() {
    return over(Transport.UDP);
  }

  private static Stream<Way> over(Transport transport) {
    return Stream.concat(
        over(transport, IoMode.PLAIN, "block", "spin", "spin:50us"),
        BatchedIo.isAvailable() ? over(transport, IoMode.BATCHED, "block", "spin") : Stream.of());
  }

  private static Stream<Way> over(Transport transport, IoMode io, String... strategies) {
    return Stream.of(ThreadKind.values())
        .flatMap(threads ->
            Stream.of(strategies)
                .map(WaitStrategy::parse)
                .flatMap(waiting ->
                    Stream.of(false, true)
                        .map(timed -> new Way(transport, threads, waiting, io, timed))));
  }

  TcpConfig tcp() {
    return changed(TcpConfig.DEFAULT);
  }

  UdpConfig udp() {
    return changed(UdpConfig.DEFAULT);
  }

  private <C extends SharedChanges<C>> C changed(C config) {
    return config
        .withThreads(threads)
        .withWaiting(waiting)
        .withIo(io)
        .withReceiveTimeout(timed ? Call.PATIENCE : Duration.ZERO);
  }

  /** Two sockets connected to each other. */
  Ends open() throws Exception {
    return open(AddressFamily.INET);
  }

  Ends open(AddressFamily family) throws Exception {
    return run(() ->
        switch (transport) {
          case TCP -> Ends.overTcp(family, tcp());
          case UDP -> Ends.overUdp(family, udp());
        });
  }

  /** Two sockets whose receives time out that soon. */
  Ends open(Duration receiveTimeout) throws Exception {
    return run(() ->
        switch (transport) {
          case TCP -> Ends.overTcp(AddressFamily.INET, tcp().withReceiveTimeout(receiveTimeout));
          case UDP -> Ends.overUdp(AddressFamily.INET, udp().withReceiveTimeout(receiveTimeout));
        });
  }

  /** Makes a call in a thread of this kind and waits for its end. */
  <T> T run(Callable<T> body) throws Exception {
    return start(body).result();
  }

  /** Begins a call in a thread of this kind. */
  <T> Call<T> start(Callable<T> body) {
    return Call.start(threads, body);
  }

  @Override
  public String toString() {
    return "%s, %s, %s, %s, %s"
        .formatted(
            transport.scheme(),
            threads.label(),
            waiting,
            io.label(),
            timed ? "with timeout" : "no timeout");
  }
}
