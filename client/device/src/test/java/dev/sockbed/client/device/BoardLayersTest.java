package dev.sockbed.client.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the boards' stacks and layers keep from a program, and what the profiles are called. */
@Timeout(60)
@Tag("socket")
class BoardLayersTest {
  private final TestBoard board = new TestBoard();

  @ParameterizedTest
  @CsvSource({"esp32, 1472", "rp2, 7392", "k230-a, 1472", "k230-b, 1472"})
  void aDatagramLongerThanTheStackCarriesIsNeverReceived(String profile, int longest)
      throws Exception {
    try (DatagramSocket assistant = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      FutureTask<Summary> run = start(profile, assistant, 1);
      SocketAddress boards = receive(assistant, "Hello 01Studio!");

      send(assistant, "x".repeat(longest + 1), boards);
      send(assistant, "y".repeat(longest), boards);

      receive(assistant, "I got:" + "y".repeat(128));
      assertThat(run.get(40, TimeUnit.SECONDS))
          .extracting(Summary::receives, Summary::truncated)
          .containsExactly(1L, 1L);
    }
  }

  @Test
  void afterAnEmptyDatagramTheEsp32ReceivesNothingElse() throws Exception {
    try (DatagramSocket assistant = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      FutureTask<Summary> run = start("esp32", assistant, 3);
      SocketAddress boards = receive(assistant, "Hello 01Studio!");

      send(assistant, "", boards);
      send(assistant, "hello", boards);

      for (int i = 0; i < 3; i++) {
        receive(assistant, "I got:");
      }
      assertThat(run.get(40, TimeUnit.SECONDS).bytesIn()).isZero();
    }
  }

  /** Its program pauses after each answer, and the assistant does not. */
  @Test
  void anRp2DropsWhatComesWhileFourDatagramsWait() throws Exception {
    try (DatagramSocket assistant = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Board pausing =
          new Board(
              board.board().link(), StatusLight.NONE, BoardTime.REAL, _ -> {}, board.events::add);
      assistant.setSoTimeout(40_000);
      Address address = Address.parse("udp://127.0.0.1:" + assistant.getLocalPort());
      BoardSettings settings =
          settings("rp2", address, SocketConfig.defaultOf(Transport.UDP), Long.MAX_VALUE);
      FutureTask<Summary> run = new FutureTask<>(new BoardProgram(pausing, paused(settings))::run);
      Thread program = Thread.ofVirtual().start(run);
      SocketAddress boards = receive(assistant, "Hello 01Studio!");

      while (board.events.stream().noneMatch(line -> line.startsWith("datagrams were dropped"))) {
        send(assistant, "hello", boards);
      }

      program.interrupt();
      assertThat(run.get(40, TimeUnit.SECONDS).ending()).isEqualTo(Ending.INTERRUPTED);
    }
  }

  @ParameterizedTest
  @CsvSource({"rp2, 6400", "k230-b, 64240", "esp32, 100000", "k230-a, 100000"})
  void aSendOverTcpTakesWhatTheLayerTakesAndTheRestIsGone(String profile, int taken)
      throws Exception {
    try (ServerSocket assistant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Address address = Address.parse("tcp://127.0.0.1:" + assistant.getLocalPort());
      BoardSettings settings =
          new BoardSettings(
              address,
              SocketConfig.defaultOf(Transport.TCP),
              Duration.ZERO,
              "g".repeat(100_000),
              BoardSettings.DEFAULT_REPLY_PREFIX,
              Duration.ZERO,
              1,
              BoardProfile.of(profile));
      Thread.ofVirtual().start(new FutureTask<>(new BoardProgram(board.board(), settings)::run));
      try (Socket talk = assistant.accept()) {
        talk.setSoTimeout(40_000);
        talk.getOutputStream().write("x".repeat(128).getBytes(UTF_8));

        assertThat(new String(talk.getInputStream().readAllBytes(), UTF_8))
            .isEqualTo("g".repeat(taken) + "I got:" + "x".repeat(128));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyOurOwnProgramTurnsNaglesAlgorithmOff(BoardProfile profile) {
    assertThat(profile.adapted(TcpConfig.DEFAULT))
        .isInstanceOfSatisfying(
            TcpConfig.class,
            tcp -> assertThat(tcp.noDelay()).isEqualTo(profile == BoardProfile.SOCKBED));
  }

  @Test
  void theOldNameOfTheK230IsThatOfOneOfItsLayers() {
    assertThat(BoardProfile.of("k230")).isEqualTo(BoardProfile.K230_A);
  }

  @Test
  void anotherNameIsRefusedAndAllThatThereAreAreTold() {
    assertThatThrownBy(() -> BoardProfile.of("esp8266"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not a profile: 'esp8266' (one of sockbed, lesson, lesson-2, esp32, rp2, k230-a,"
                + " k230-b)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lesson-2", "k230-a", "k230-b"})
  void aProgramThatCantTellThatNothingCameHasNoIdleTimeout(String profile) {
    SocketConfig socket =
        SocketConfig.defaultOf(Transport.TCP).withReceiveTimeout(Duration.ofSeconds(1));

    assertThatThrownBy(() -> settings(profile, Address.parse("tcp://127.0.0.1:9"), socket, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no idle timeout");
  }

  private FutureTask<Summary> start(String profile, DatagramSocket assistant, long count)
      throws SocketException {
    assistant.setSoTimeout(40_000);
    Address address = Address.parse("udp://127.0.0.1:" + assistant.getLocalPort());
    SocketConfig socket = SocketConfig.defaultOf(Transport.UDP);
    BoardProgram program =
        new BoardProgram(board.board(), settings(profile, address, socket, count));
    FutureTask<Summary> run = new FutureTask<>(program::run);
    Thread.ofVirtual().start(run);
    return run;
  }

  private static BoardSettings settings(
      String profile, Address assistant, SocketConfig socket, long count) {
    return new BoardSettings(
        assistant,
        socket,
        Duration.ZERO,
        BoardSettings.DEFAULT_GREETING,
        BoardSettings.DEFAULT_REPLY_PREFIX,
        Duration.ZERO,
        count,
        BoardProfile.of(profile));
  }

  /** With the pause of its profile. */
  private static BoardSettings paused(BoardSettings settings) {
    return new BoardSettings(
        settings.assistant(),
        settings.socket(),
        settings.linkTimeout(),
        settings.greeting(),
        settings.replyPrefix(),
        settings.profile().pause(),
        settings.count(),
        settings.profile());
  }

  private static void send(DatagramSocket from, String text, SocketAddress to) throws Exception {
    byte[] bytes = text.getBytes(UTF_8);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static SocketAddress receive(DatagramSocket at, String expected) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    at.receive(packet);
    assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8)).isEqualTo(expected);
    return packet.getSocketAddress();
  }
}
