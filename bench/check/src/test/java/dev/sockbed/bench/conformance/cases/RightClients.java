package dev.sockbed.bench.conformance.cases;

import dev.sockbed.client.EchoClient;
import dev.sockbed.client.TcpEchoClient;
import dev.sockbed.client.UdpEchoClient;
import dev.sockbed.client.device.Board;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.client.device.BoardProgram;
import dev.sockbed.client.device.BoardSettings;
import dev.sockbed.client.device.BoardTime;
import dev.sockbed.client.device.Ending;
import dev.sockbed.client.device.HostLink;
import dev.sockbed.client.device.StatusLight;
import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Our own clients, as the protocol wants a client to be run: they choose what to send. */
public final class RightClients {
  /** Blocking, and a short spin first: one that never blocks only takes the processors away. */
  static final List<WaitStrategy> WAYS_TO_WAIT =
      List.of(WaitStrategy.BLOCK, WaitStrategy.parse("spin:50us"));

  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final int LIMIT = SocketConfig.DEFAULT_RECEIVE_LIMIT;

  private RightClients() {}

  /** The echo client: four messages, and 0 if each came back. */
  public static InProcess echo(ThreadKind threads, IoMode io, WaitStrategy waiting) {
    return new InProcess(
        threads,
        server -> {
          try (EchoClient client = connect(server, threads, io, waiting)) {
            int longest = server.transport() == Transport.TCP ? 300 : LIMIT;
            for (int length : new int[] {longest, 1, 15, 127}) {
              ByteBuffer request = ByteBuffer.wrap(Payload.pattern(length, length).bytes());
              Outcome outcome = client.exchange(request, ByteBuffer.allocate(length));
              if (outcome != Outcome.OK) {
                return 1;
              }
            }
            return 0;
          }
        });
  }

  private static EchoClient connect(
      Address server, ThreadKind threads, IoMode io, WaitStrategy waiting) throws Exception {
    return switch (server.transport()) {
      case TCP -> {
        TcpConfig config = TcpConfig.DEFAULT.withThreads(threads).withIo(io).withWaiting(waiting);
        yield TcpEchoClient.connect(server, config, TIMEOUT);
      }
      case UDP -> {
        UdpConfig config = UdpConfig.DEFAULT.withThreads(threads).withIo(io).withWaiting(waiting);
        yield UdpEchoClient.connect(server, config, TIMEOUT);
      }
    };
  }

  /** The board's program with our own habits. */
  public static InProcess board(ThreadKind threads) {
    return board(threads, BoardProfile.SOCKBED);
  }

  /** The board's program with the habits of a profile. */
  public static InProcess board(ThreadKind threads, BoardProfile profile) {
    return new InProcess(
        threads,
        server -> {
          SocketConfig socket =
              switch (server.transport()) {
                case TCP -> TcpConfig.DEFAULT.withThreads(threads);
                case UDP -> UdpConfig.DEFAULT.withThreads(threads);
              };
          BoardSettings settings =
              new BoardSettings(
                  server,
                  socket,
                  TIMEOUT,
                  BoardSettings.DEFAULT_GREETING,
                  BoardSettings.DEFAULT_REPLY_PREFIX,
                  profile == BoardProfile.SOCKBED ? Duration.ofMillis(50) : profile.pause(),
                  BoardSettings.WITHOUT_END,
                  profile);
          Board board =
              new Board(
                  new HostLink(server, LocalEnd.ANY, null, Path.of("/")),
                  StatusLight.NONE,
                  BoardTime.REAL,
                  _ -> {},
                  _ -> {});
          return new BoardProgram(board, settings).run().ending() == Ending.FAILED ? 1 : 0;
        });
  }
}
