package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.WireEvent;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the log says when the checker could not send all echoes. */
@Tag("socket")
class TcpEchoingTest {
  @Test
  void theLogSaysWhyAnEchoCouldNotBeSent() throws Exception {
    Limits limits = Limits.of(Duration.ofSeconds(40), 128);
    Address local = new Address(Transport.TCP, "127.0.0.1", 0);
    InProcess client =
        new InProcess(
            ThreadKind.VIRTUAL,
            server -> {
              try (Socket socket = new Socket(server.host(), server.port())) {
                socket.getOutputStream().write(1);
                return socket.getInputStream().read();
              }
            });
    try (TcpClientScene scene =
        TcpClientScene.atItsOwnPort(local.resolve(), client, limits, new Rehearsal())) {
      scene.start();
      scene.accept();

      TcpEchoing.serve(
          scene,
          (_, _, _) -> {
            throw Violation.of("it took no more of what was sent to it");
          });

      assertThat(scene.log().events())
          .extracting(WireEvent::what)
          .contains("not all echoes were sent: it took no more of what was sent to it");
    }
  }
}
