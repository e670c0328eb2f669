package dev.sockbed.bench.garbage;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import java.util.ArrayList;
import java.util.List;

/** A way that messages take. */
record GarbagePath(TrafficPattern work, Transport transport, WaitStrategy waiting, IoMode io) {

  /** All of them. */
  static List<GarbagePath> all() {
    List<GarbagePath> paths = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      for (TrafficPattern work : TrafficPattern.values()) {
        for (IoMode io : List.of(IoMode.PLAIN, IoMode.BATCHED)) {
          paths.add(new GarbagePath(work, transport, WaitStrategy.BLOCK, io));
          if (work == TrafficPattern.EXCHANGE || work == TrafficPattern.WINDOW) {
            paths.add(new GarbagePath(work, transport, WaitStrategy.SPIN, io));
          }
        }
      }
    }
    // Its plain calls are those of the exchange.
    paths.removeIf(path -> path.work == TrafficPattern.WINDOW && path.io == IoMode.PLAIN);
    return paths;
  }

  /**
   * How long it has to run. What JMH does around an iteration leaves up to 6 KB, which are to be
   * small beside the messages.
   */
  int seconds() {
    return switch (work) {
      case EXCHANGE -> waiting.blocksAtOnce() ? 30 : 20;
      case WINDOW -> 6;
      case CLOSED_LOOP -> io == IoMode.PLAIN ? 20 : 6;
      case OPEN_LOOP -> io == IoMode.PLAIN ? 20 : 10;
    };
  }

  /**
   * How long each of two warm-ups is. At an open loop's rate it takes the compiler longer to find
   * out that the JDK's objects around a system call can be spared. Between the two, JMH loads what
   * it needs between iterations.
   */
  int warmupSeconds() {
    return work == TrafficPattern.OPEN_LOOP ? 5 : 2;
  }

  /**
   * How often JMH measures, of which the first time counts. JMH closes both ends within the last
   * one, and a load that ends adds up its histograms: some 1.4 MB that are no message's.
   */
  int iterations() {
    return work.isLoad() ? 2 : 1;
  }

  /** Spinning ends and loops of several threads have a processor each. */
  boolean apart() {
    return !waiting.blocksAtOnce() || work == TrafficPattern.OPEN_LOOP;
  }

  @Override
  public String toString() {
    return "%s, %s, %s, %s".formatted(work.label(), transport.scheme(), waiting, io.label());
  }
}
