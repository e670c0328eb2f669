package dev.sockbed.server.command;

import dev.sockbed.common.Transport;
import dev.sockbed.server.ServerCounters;
import java.util.stream.Collectors;

/** What is told of a transport when its servers have stopped: one line. */
final class TotalsLine {
  private TotalsLine() {}

  /** The line, without its end. */
  static String line(Transport transport, ServerCounters counters) {
    String received =
        switch (transport) {
          case TCP ->
              "%d connections accepted, %d refused, %d receives, %d bytes"
                  .formatted(
                      counters.accepted(),
                      counters.refused(),
                      counters.receives(),
                      counters.bytes());
          case UDP ->
              "%d datagrams received, %d cut, %d bytes"
                  .formatted(counters.receives(), counters.truncated(), counters.bytes());
        };
    return transport.scheme() + ": " + received + ", " + dropped(counters);
  }

  private static String dropped(ServerCounters counters) {
    if (counters.dropped().isEmpty()) {
      return "0 dropped";
    }
    return counters.dropped().entrySet().stream()
        .map(drop -> drop.getKey().label() + " " + drop.getValue())
        .collect(Collectors.joining(", ", counters.droppedInAll() + " dropped (", ")"));
  }
}
