package dev.sockbed.client.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Call;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lesson with ncat as the network assistant, typed into as a person would. */
@Timeout(60)
@Tag("process")
class NcatAssistantTest {
  @ParameterizedTest
  @CsvSource({"TCP, 127.0.0.1", "TCP, ::1", "UDP, 127.0.0.1", "UDP, ::1"})
  void theGreetingIsReadAndWhatIsTypedIsAnswered(Transport transport, String host)
      throws Exception {
    Address address = new Address(transport, host, FreePort.at(host));
    TestBoard board = new TestBoard();
    try (Peer ncat = Peer.start(command(address))) {
      ncat.awaitOutput("Listening on " + host);
      long count = transport == Transport.TCP ? BoardSettings.WITHOUT_END : 1;
      Call<Summary> running = Call.start(ThreadKind.PLATFORM, board.program(address, count)::run);

      ncat.awaitOutput("Hello 01Studio!");
      ncat.type("http://example.org\n");
      ncat.awaitOutput("I got:http://example.org\n");
      ncat.endInput(); // Over TCP this closes the connection.

      Summary summary = running.result();
      assertThat(summary.ending())
          .isEqualTo(transport == Transport.TCP ? Ending.CLOSED_BY_PEER : Ending.ENOUGH_REPLIES);
      assertThat(board.displayed.toString(UTF_8)).isEqualTo("http://example.org\n");
      assertThat(ncat.output()).isEqualTo("Hello 01Studio!I got:http://example.org\n");
    }
  }

  private static String[] command(Address address) {
    List<String> command = new ArrayList<>(List.of("ncat", "-v", "-n", "-l"));
    if (address.transport() == Transport.UDP) {
      command.add("-u");
    }
    command.addAll(List.of(address.host(), Integer.toString(address.port())));
    return command.toArray(String[]::new);
  }
}
