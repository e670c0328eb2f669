package dev.sockbed.bench.conformance.planted;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Echo servers over TCP, each wrong in its own way. */
final class WrongTcpServers {
  private static final int LIMIT = 128;

  private WrongTcpServers() {}

  static List<Planted<Supplier<TcpFixture>>> all() {
    return Stream.of(WrongTcpBytes.all(), WrongTcpStreams.all(), WrongTcpConnections.all())
        .flatMap(List::stream)
        .toList();
  }

  static Planted<Supplier<TcpFixture>> each(String fault, String rule, TcpFixture.Service service) {
    return new Planted<>(fault, rule, () -> TcpFixture.open(service));
  }

  static Planted<Supplier<TcpFixture>> changing(String fault, String rule, Change change) {
    return each(
        fault,
        rule,
        (caller, _) -> {
          byte[] buffer = new byte[LIMIT];
          int length;
          while ((length = caller.getInputStream().read(buffer)) >= 0) {
            caller.getOutputStream().write(change.of(Arrays.copyOf(buffer, length)));
          }
        });
  }

  /** A right echo; returns how many bytes it was. */
  static long echo(Socket caller) throws IOException {
    byte[] buffer = new byte[LIMIT];
    long all = 0;
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      caller.getOutputStream().write(buffer, 0, length);
      all += length;
    }
    return all;
  }

  /** What comes back in the place of what was received. */
  @FunctionalInterface
  interface Change {
    byte[] of(byte[] received);
  }
}
