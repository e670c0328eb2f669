package dev.sockbed.client.device;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A board that remembers what was done with its parts, and whose time passes only while it sleeps.
 */
final class TestBoard implements BoardTime, StatusLight {
  static final NetworkInformation INFORMATION =
      new NetworkInformation("test0", "192.0.2.7", "255.255.255.0", "192.0.2.1", "192.0.2.53");

  /** Each sleep, light change and console line, in order. */
  final List<String> events = new CopyOnWriteArrayList<>();

  final ByteArrayOutputStream displayed = new ByteArrayOutputStream();

  private long nanos;

  /** A board with a link that is up. */
  Board board() {
    return board(List.of(new LinkState.Up(INFORMATION)));
  }

  /** A board whose link is seen in these states, one after the other; the last one stays. */
  Board board(List<LinkState> states) {
    return new Board(new LinkOfStates(states), this, this, this::show, events::add);
  }

  /** The lesson's program on this board, whose link is up. */
  BoardProgram program(Address assistant, long count) {
    return program(assistant, SocketConfig.defaultOf(assistant.transport()), count);
  }

  /** The lesson's program on this board, whose link is up, with another socket. */
  BoardProgram program(Address assistant, SocketConfig socket, long count) {
    return new BoardProgram(
        board(),
        new BoardSettings(
            assistant,
            socket,
            Duration.ofSeconds(10),
            BoardSettings.DEFAULT_GREETING,
            BoardSettings.DEFAULT_REPLY_PREFIX,
            Duration.ofMillis(300),
            count));
  }

  /** How long it slept each time. */
  List<Duration> sleeps() {
    return events.stream()
        .filter(event -> event.startsWith("slept "))
        .map(event -> Duration.parse(event.substring("slept ".length())))
        .toList();
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void sleep(Duration length) {
    nanos += length.toNanos();
    events.add("slept " + length);
  }

  @Override
  public void on() {
    events.add("light on");
  }

  @Override
  public void off() {
    events.add("light off");
  }

  private void show(ByteBuffer received) {
    byte[] bytes = new byte[received.remaining()];
    received.get(bytes);
    displayed.writeBytes(bytes);
  }

  private static final class LinkOfStates implements NetworkLink {
    private final List<LinkState> states;
    private int looks;

    LinkOfStates(List<LinkState> states) {
      this.states = states;
    }

    @Override
    public void join(Duration atMost) {}

    @Override
    public LinkState state() {
      LinkState state = states.get(Math.min(looks, states.size() - 1));
      looks++;
      return state;
    }
  }
}
