package dev.sockbed.server.assistant.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.PeerSnapshot;
import dev.sockbed.server.assistant.Row;
import dev.sockbed.server.assistant.RowKind;
import dev.sockbed.server.assistant.Totals;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("socket")
final class ResetCountsTest {
  private final List<String> problems = new ArrayList<>();

  @Test
  void clearCountsBeginsTotalsAndPeersCountsAnewAndKeepsTheRows() throws Exception {
    InetAddress host = InetAddress.ofLiteral("127.0.0.1");
    try (Assistant assistant = new Assistant(false);
        DatagramSocket peer = new DatagramSocket(new InetSocketAddress(host, 0))) {
      run(assistant, "open udp 0 to 127.0.0.1:" + peer.getLocalPort(), "send all \"one\"");
      String local = String.valueOf(assistant.state().localAddress());
      int port = Integer.parseInt(local.substring(local.lastIndexOf(':') + 1));
      peer.send(new DatagramPacket(new byte[300], 300, host, port));
      await().until(() -> assistant.state().totals().receives() == 1);

      run(assistant, "clear counts");
      assertThat(assistant.state().totals()).isEqualTo(new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0));
      PeerSnapshot reset = assistant.state().peers().getFirst();
      assertThat(reset.messagesIn() + reset.bytesIn()).isZero();
      assertThat(reset.messagesOut() + reset.bytesOut()).isZero();

      run(assistant, "send all \"four\"");
      PeerSnapshot after = assistant.state().peers().getFirst();
      assertThat(List.of(after.messagesOut(), after.bytesOut())).containsExactly(1L, 4L);
      assertThat(assistant.state().totals().bytesOut()).isEqualTo(4);
      assertThat(assistant.transcript().rows())
          .extracting(Row::kind)
          .contains(RowKind.RECEIVED)
          .filteredOn(RowKind.SENT::equals)
          .hasSize(2);
    }
  }

  private void run(Assistant assistant, String... lines) throws InterruptedException {
    ScriptRunner runner =
        new ScriptRunner(assistant, new PrintWriter(new StringWriter()), problems::add);
    assertThat(runner.run("script", List.of(lines))).as("%s", problems).isEqualTo(ExitStatus.OK);
  }
}
