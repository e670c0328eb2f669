package dev.sockbed.server;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.BatchedIo;
import java.util.stream.Stream;

/** A kind of thread and how it waits: what every promise of a server must hold over. */
record Way(ThreadKind threads, WaitStrategy waiting, IoMode io) {
  static Stream<Way> all() {
    return Stream.concat(
        plain(), BatchedIo.isAvailable() ? over(IoMode.BATCHED, "block", "spin") : Stream.of());
  }

  static Stream<Way> plain() {
    return over(IoMode.PLAIN, "block", "spin", "spin:50us");
  }

  private static Stream<Way> over(IoMode io, String... strategies) {
    return Stream.of(ThreadKind.values())
        .flatMap(threads ->
            Stream.of(strategies)
                .map(waiting -> new Way(threads, WaitStrategy.parse(waiting), io)));
  }

  @Override
  public String toString() {
    return threads.label() + " " + waiting + " " + io.label();
  }
}
