package dev.sockbed.client.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Call;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lesson with ncat as the network assistant, typed into as a person would. */
@Timeout(60)
@Tag("process")
class NcatAssistantTest {
  /** Below the ports that the system picks by itself. */
  private static final int FIRST_PORT = 20_000;

  private static final int END_OF_PORTS = 32_768;

  @ParameterizedTest
  @CsvSource({"TCP, 127.0.0.1", "TCP, ::1", "UDP, 127.0.0.1", "UDP, ::1"})
  void theGreetingIsReadAndWhatIsTypedIsAnswered(Transport transport, String host)
      throws Exception {
    Address address = new Address(transport, host, freePort(host));
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

  /** ncat does not tell which port it was given, so it gets one. */
  private static int freePort(String host) throws IOException {
    InetAddress address = InetAddress.ofLiteral(host);
    int port;
    do {
      port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
    } while (!isFree(new InetSocketAddress(address, port)));
    return port;
  }

  private static boolean isFree(InetSocketAddress address) throws IOException {
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.bind(address);
      udp.bind(address);
      return true;
    } catch (BindException taken) {
      return false;
    }
  }
}
