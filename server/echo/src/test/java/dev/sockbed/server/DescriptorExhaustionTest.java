package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that has no descriptor left for a caller waits for one, and goes on. */
@Tag("process")
class DescriptorExhaustionTest {
  private static final int DESCRIPTORS = 64;
  private static final String LIMITED = "ulimit -n " + DESCRIPTORS + " && exec \"$0\" \"$@\"";

  @ParameterizedTest
  @ValueSource(strings = {"threads", "loop"})
  void callersBeyondTheLastDescriptorAreServedWhenOthersHaveGone(String kind) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    try (Peer program =
        Peer.start(
            "sh", "-c", LIMITED, java, "-cp", classes, LimitedServer.class.getName(), kind)) {
      Address server = new Address(Transport.TCP, "127.0.0.1", program.awaitNumber("port"));
      List<TcpCaller> callers = new ArrayList<>();
      for (int i = 0; i < DESCRIPTORS; i++) {
        callers.add(TcpCaller.of(server));
      }
      program.awaitOutput("can't accept, trying again: accept on " + server);

      TcpCaller last = callers.removeLast();
      for (TcpCaller caller : callers) {
        caller.close();
      }
      last.send(EchoServerContract.message(10, 1));
      assertThat(last.receive(10)).isEqualTo(EchoServerContract.message(10, 1));
      last.close();
    }
  }
}
