package dev.sockbed.server;

import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.WaitStrategy;
import java.util.stream.Stream;

/** A kind of thread and how it waits: what every promise of a server must hold over. */
record Way(ThreadKind threads, WaitStrategy waiting) {
  static Stream<Way> all() {
    return Stream.of(ThreadKind.values())
        .flatMap(threads ->
            Stream.of("block", "spin", "spin:50us")
                .map(waiting -> new Way(threads, WaitStrategy.parse(waiting))));
  }

  @Override
  public String toString() {
    return threads.label() + " " + waiting;
  }
}
