package dev.sockbed.bench.conformance.peers;

import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.client.device.Board;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.client.device.BoardProgram;
import dev.sockbed.client.device.BoardSettings;
import dev.sockbed.client.device.BoardTime;
import dev.sockbed.client.device.LinkState;
import dev.sockbed.client.device.NetworkInformation;
import dev.sockbed.client.device.NetworkLink;
import dev.sockbed.client.device.StatusLight;
import dev.sockbed.client.device.Summary;
import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.UdpConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A board that calls a server: the board's own program, with a profile's habits, in this process.
 * What it shows on its screen is kept.
 */
public final class BoardCaller implements AutoCloseable {
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  private final String name;
  private final BoardSettings settings;
  private final WireLog log;
  private final FutureTask<Summary> task;
  private final Thread thread;

  private final CountDownLatch somethingCame = new CountDownLatch(1);

  // Guarded by this list's own monitor.
  private final List<byte[]> shown = new ArrayList<>();

  private BoardCaller(String name, BoardSettings settings, WireLog log) {
    this.name = name;
    this.settings = settings;
    this.log = log;
    Board board =
        new Board(
            new AlreadyJoined(),
            StatusLight.NONE,
            BoardTime.REAL,
            this::show,
            line -> log.event(name, line));
    this.task = new FutureTask<>(new BoardProgram(board, settings)::run);
    this.thread = ThreadKind.VIRTUAL.start("sockbed-check-board-" + name, task);
  }

  /**
   * Switches a board on: it connects, greets, and answers what comes.
   *
   * @param greeting what it sends first; not empty
   * @param answers after how many of them it ends
   * @param sendTimeout how long a server may take no bytes
   */
  public static BoardCaller start(
      String name,
      Address server,
      LocalEnd local,
      BoardProfile profile,
      String greeting,
      int answers,
      Duration sendTimeout,
      WireLog log) {
    SocketConfig socket =
        switch (server.transport()) {
          case TCP ->
              TcpConfig.DEFAULT
                  .withThreads(ThreadKind.VIRTUAL)
                  .withSendTimeout(sendTimeout)
                  .withLocal(local);
          case UDP -> UdpConfig.DEFAULT.withThreads(ThreadKind.VIRTUAL).withLocal(local);
        };
    BoardSettings settings =
        new BoardSettings(
            server,
            socket,
            Duration.ZERO,
            greeting,
            BoardSettings.DEFAULT_REPLY_PREFIX,
            profile.pause(),
            answers,
            profile);
    return new BoardCaller(name, settings, log);
  }

  private void show(ByteBuffer received) {
    byte[] bytes = new byte[received.remaining()];
    received.get(bytes);
    log.bytes(name, "received", bytes);
    synchronized (shown) {
      shown.add(bytes);
    }
    somethingCame.countDown();
  }

  /** Waits until a receive has given something; false if none has by then. */
  public boolean awaitReceive(Duration within) throws InterruptedException {
    return somethingCame.await(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Waits until it has sent all its answers, or ended otherwise.
   *
   * @return what it did, or null if it is still at it
   * @throws ExecutionException if it could not connect
   */
  public @Nullable Summary awaitEnd(Duration within)
      throws InterruptedException, ExecutionException {
    try {
      return task.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    }
  }

  /** What its receives gave so far; one of no bytes is how some boards see the end of a stream. */
  public List<byte[]> received() {
    synchronized (shown) {
      return List.copyOf(shown);
    }
  }

  /** What it does and does not do, and to whom. */
  public BoardSettings settings() {
    return settings;
  }

  /** Switches it off, in the middle of whatever it does. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(LAST_MOMENT)) {
        log.event(name, "was switched off, and has not ended yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The checker's machine is in a network. */
  private static final class AlreadyJoined implements NetworkLink {
    private static final String UNKNOWN = NetworkInformation.UNKNOWN;

    @Override
    public void join(Duration atMost) {}

    @Override
    public LinkState state() {
      return new LinkState.Up(new NetworkInformation(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN));
    }
  }
}
