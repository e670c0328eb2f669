package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server has no memory or thread for costs the caller that needs it, and nobody else. */
@Tag("process")
class MemoryExhaustionTest {
  private static final List<String> LITTLE =
      Stream.concat(JvmFlags.ALL.stream(), Stream.of("-XX:MaxDirectMemorySize=8m")).toList();

  /** With 64 KiB for each, 128 use it up. */
  private static final int CALLERS = 140;

  @ParameterizedTest
  @ValueSource(strings = {"large", "large loop", "large batched"})
  void callersThereIsNoMemoryForAreRefusedAndOthersServedAfterwards(String how) throws Exception {
    try (Peer program =
        Peer.start(JavaCommand.of(LITTLE, LimitedServer.class, (Object[]) how.split(" ")))) {
      Address server = new Address(Transport.TCP, "127.0.0.1", program.awaitNumber("port"));
      List<TcpCaller> served = new ArrayList<>();
      int refused = 0;
      for (int i = 0; i < CALLERS && refused < 2; i++) { // To find none takes the JDK a second.
        refused += callAndKeep(server, served) ? 0 : 1;
      }
      assertThat(refused).isEqualTo(2);
      program.awaitOutput("connection refused, no room for it");

      for (TcpCaller caller : served) {
        caller.close();
      }
      await().until(() -> callAndKeep(server, new ArrayList<>()));
      assertThat(program.errors()).doesNotContain("Exception in thread");
    }
  }

  /** Keeps the caller if it was served. */
  private static boolean callAndKeep(Address server, List<TcpCaller> served) throws IOException {
    byte[] message = EchoServerContract.message(10, 1);
    try {
      TcpCaller caller = TcpCaller.of(server);
      caller.send(message);
      if (caller.receive(10).length == 10) {
        return served.add(caller);
      }
      caller.close();
    } catch (SocketException reset) {
      assertThat(reset).hasMessageMatching(".*(reset|closed|Broken pipe).*");
    }
    return false;
  }
}
