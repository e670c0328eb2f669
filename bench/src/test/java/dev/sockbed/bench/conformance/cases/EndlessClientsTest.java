package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that never have enough, and what is kept of what they send. */
class EndlessClientsTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(40), 128);
  private static final int PIECE_BYTES = 16 << 10;

  @Test
  void ofALongStreamOfProbesOnlyTheBeginningIsKept() throws Exception {
    List<byte[]> streams =
        streams(server -> {
          int pieces = 2 * TcpProbeCases.KEPT_BYTES / PIECE_BYTES;
          return exchange(server, pieces, PIECE_BYTES);
        });

    assertThat(streams)
        .singleElement()
        .satisfies(stream -> assertThat(stream).hasSize(TcpProbeCases.KEPT_BYTES));
  }

  @Test
  void ofManyConnectionsOnlyTheFirstAreLookedAt() throws Exception {
    List<byte[]> streams =
        streams(server -> {
          for (int i = 0; i < 2 * TcpProbeCases.MOST_CONNECTIONS; i++) {
            exchange(server, 1, 1);
          }
          return 0;
        });

    assertThat(streams).hasSize(TcpProbeCases.MOST_CONNECTIONS);
  }

  private static int exchange(Address server, int pieces, int pieceBytes) throws Exception {
    try (Socket socket = new Socket(server.host(), server.port())) {
      for (int i = 0; i < pieces; i++) {
        socket.getOutputStream().write(new byte[pieceBytes]);
        socket.getInputStream().readNBytes(pieceBytes);
      }
    }
    return 0;
  }

  /** What the checker keeps of each connection. */
  private static List<byte[]> streams(InProcess.Client client) throws Exception {
    InProcess subject = new InProcess(ThreadKind.VIRTUAL, client);
    Address local = Address.parse("tcp://127.0.0.1:0");
    TcpClientScene scene = TcpClientScene.atItsOwnPort(local, subject, LIMITS);
    try {
      scene.start();
      return TcpProbeCases.streams(scene);
    } finally {
      scene.close();
    }
  }
}
