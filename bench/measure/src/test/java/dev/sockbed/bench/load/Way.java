package dev.sockbed.bench.load;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.BatchedIo;
import java.util.stream.Stream;

/** How the load's sockets send and wait: what is accounted must be so in each way. */
record Way(IoMode io, WaitStrategy waiting) {
  static final Way USUAL = new Way(IoMode.PLAIN, WaitStrategy.BLOCK);

  static Stream<Way> all() {
    return blocking()
        .flatMap(way ->
            Stream.of(way, new Way(way.io, WaitStrategy.SPIN), new Way(way.io, spinThenBlock())));
  }

  static Stream<Way> blocking() {
    return BatchedIo.isAvailable()
        ? Stream.of(USUAL, new Way(IoMode.BATCHED, WaitStrategy.BLOCK))
        : Stream.of(USUAL);
  }

  private static WaitStrategy spinThenBlock() {
    return WaitStrategy.parse("spin:50us");
  }

  boolean isBatched() {
    return io == IoMode.BATCHED;
  }

  /** The same plan, in this way. */
  LoadPlan of(LoadPlan plan) {
    SocketConfig config =
        switch (plan.socket()) {
          case TcpConfig tcp -> tcp.withIo(io).withWaiting(waiting);
          case UdpConfig udp -> udp.withIo(io).withWaiting(waiting);
        };
    return plan.withSocket(config);
  }

  @Override
  public String toString() {
    return io.label() + " " + waiting;
  }
}
