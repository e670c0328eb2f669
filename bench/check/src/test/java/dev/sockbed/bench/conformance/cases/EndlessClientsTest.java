package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that never have enough, and what is kept of what they send. */
@Tag("socket")
class EndlessClientsTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(40), 128);
  private static final int PIECE_BYTES = 16 << 10;
  private static final int POURED_INTO = 8;
  private static final int POURED_BYTES = 7 << 20;

  @Test
  void ofALongStreamOfProbesOnlyTheBeginningIsKept() throws Exception {
    List<ProbeStream> streams =
        streams(server -> {
          int pieces = 2 * TcpProbeCases.KEPT_BYTES / PIECE_BYTES;
          return exchange(server, pieces, PIECE_BYTES);
        });

    assertThat(streams)
        .singleElement()
        .satisfies(stream -> assertThat(stream.bytes()).hasSize(TcpProbeCases.KEPT_BYTES));
  }

  @Test
  void ofManyConnectionsOnlyTheFirstAreLookedAt() throws Exception {
    List<ProbeStream> streams =
        streams(server -> {
          for (int i = 0; i < 2 * TcpProbeCases.MOST_CONNECTIONS; i++) {
            exchange(server, 1, 1);
          }
          return 0;
        });

    assertThat(streams).hasSize(TcpProbeCases.MOST_CONNECTIONS);
  }

  @Test
  void whatIsPouredIntoManyConnectionsIsBoundedTogether() throws Exception {
    TcpClientScene scene = scene(EndlessClientsTest::pourIntoMany);
    try {
      scene.start();
      List<TcpCheckPeer> peers = new ArrayList<>();
      for (int i = 0; i < POURED_INTO; i++) {
        peers.add(Objects.requireNonNull(scene.acceptWithin(LIMITS.patience())));
      }
      List<TcpEnd> ends = new ArrayList<>();
      for (TcpCheckPeer peer : peers) {
        ends.add(Objects.requireNonNull(peer.awaitEnd(LIMITS.patience())));
      }

      assertThat(ends).contains(TcpEnd.FLOOD);
    } finally {
      scene.close();
    }
  }

  /** Fewer bytes than a single connection may bring, but on many. */
  private static int pourIntoMany(Address server) throws Exception {
    try (ExecutorService pouring = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> each = Collections.nCopies(POURED_INTO, () -> pour(server));
      pouring.invokeAll(each);
    }
    return 0;
  }

  private static int pour(Address server) throws Exception {
    try (Socket socket = new Socket(server.host(), server.port())) {
      socket.getOutputStream().write(new byte[POURED_BYTES]);
    }
    return 0;
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
  private static List<ProbeStream> streams(InProcess.Client client) throws Exception {
    TcpClientScene scene = scene(client);
    try {
      scene.start();
      return TcpProbeCases.streams(scene);
    } finally {
      scene.close();
    }
  }

  private static TcpClientScene scene(InProcess.Client client) throws Exception {
    InProcess subject = new InProcess(ThreadKind.VIRTUAL, client);
    return TcpClientScene.atItsOwnPort(
        Address.parse("tcp://127.0.0.1:0").resolve(), subject, LIMITS, new Rehearsal());
  }
}
