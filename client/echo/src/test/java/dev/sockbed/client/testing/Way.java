package dev.sockbed.client.testing;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.testing.Call;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * One way to run a client, for tests that hold in every way.
 *
 * @param threads which kind of thread exchanges
 * @param waiting how its receives wait
 * @param io how many messages its system calls carry
 */
public record Way(ThreadKind threads, WaitStrategy waiting, IoMode io) {

  /** Platform threads that block: for tests in which the way makes no difference. */
  public static final Way USUAL = new Way(ThreadKind.PLATFORM, WaitStrategy.BLOCK, IoMode.PLAIN);

  /** All of them. */
  public static Stream<Way> all() {
    return Stream.of(ThreadKind.values()).flatMap(Way::on);
  }

  /** Those on one kind of thread. */
  public static Stream<Way> on(ThreadKind threads) {
    return Stream.concat(
        on(threads, IoMode.PLAIN, "block", "spin", "spin:50us"),
        BatchedIo.isAvailable() ? on(threads, IoMode.BATCHED, "block", "spin") : Stream.of());
  }

  private static Stream<Way> on(ThreadKind threads, IoMode io, String... strategies) {
    return Stream.of(strategies).map(waiting -> new Way(threads, WaitStrategy.parse(waiting), io));
  }

  /** A configuration for TCP. */
  public TcpConfig tcp() {
    return TcpConfig.DEFAULT.withThreads(threads).withWaiting(waiting).withIo(io);
  }

  /** A configuration for UDP. */
  public UdpConfig udp() {
    return UdpConfig.DEFAULT.withThreads(threads).withWaiting(waiting).withIo(io);
  }

  /** A configuration for either. */
  public SocketConfig config(Transport transport) {
    return switch (transport) {
      case TCP -> tcp();
      case UDP -> udp();
    };
  }

  /** Begins a call in a thread of this kind. */
  public <T> Call<T> start(Callable<T> body) {
    return Call.start(threads, body);
  }

  /** Makes a call in a thread of this kind and waits for its end. */
  public <T> T run(Callable<T> body) throws Exception {
    return start(body).result();
  }

  @Override
  public String toString() {
    return threads.label() + ", " + waiting + ", " + io.label();
  }
}
