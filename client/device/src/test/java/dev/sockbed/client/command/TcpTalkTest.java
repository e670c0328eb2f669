package dev.sockbed.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.client.testing.TcpTestServer;
import dev.sockbed.client.testing.TcpTestServer.Conversation;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("socket")
class TcpTalkTest {
  private final Talking talking = new Talking();

  @ParameterizedTest
  @CsvSource({"platform, block", "platform, spin", "virtual, block", "virtual, spin:50us"})
  void bytesPassUnchangedInBothDirections(String threads, String waiting) {
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    Leftovers leftovers = Leftovers.lookNow();
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO)) {
      int status =
          talking.input(bytes).to(server.address(), "--threads=" + threads, "--wait=" + waiting);
      assertThat(status).isZero();
      assertThat(talking.outputBytes()).isEqualTo(bytes);
      assertThat(talking.notes()).isEmpty();
    }
    leftovers.assertNone();
  }

  @Test
  void theEndOfTheInputIsToldAndWhatThenComesIsPrinted() {
    Conversation answersWhenAllIsRead =
        peer -> {
          byte[] all = peer.getInputStream().readAllBytes();
          say(peer, "you said " + all.length + " bytes\n");
          say(peer, "good bye\n");
          peer.close();
        };
    try (TcpTestServer server = TcpTestServer.open(answersWhenAllIsRead)) {
      assertThat(talking.input("one\ntwo\n").to(server.address())).isZero();
      assertThat(talking.output()).isEqualTo("you said 8 bytes\ngood bye\n");
    }
  }

  @Test
  void whoTalksToWhomIsToldUnlessQuiet() {
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO)) {
      String port = ":" + server.address().port();
      assertThat(talking.to(server.address())).isZero();
      assertThat(talking.errors())
          .matches("talking tcp 127\\.0\\.0\\.1:\\d+ -> 127.0.0.1\\Q" + port + "\\E\\R");
      Talking typed = new Talking().typed();
      assertThat(typed.to(server.address())).isZero();
      assertThat(typed.errors()).endsWith(port + " (Ctrl-D ends)" + System.lineSeparator());
      Talking quiet = new Talking();
      assertThat(quiet.to(server.address(), "--quiet")).isZero();
      assertThat(quiet.errors()).isEmpty();
    }
  }

  @Test
  void aTerminalIsShownControlCharactersSpelledOut() {
    Conversation greets =
        peer -> {
          say(peer, "\u001b[2Jh\u00e9\n");
          TcpTestServer.ECHO.hold(peer);
        };
    try (TcpTestServer server = TcpTestServer.open(greets)) {
      assertThat(talking.shown().to(server.address(), "--receive-limit=1")).isZero();
      assertThat(talking.output()).isEqualTo("\\x1b[2Jhé\n");
    }
  }

  @Test
  void aCharacterThatThePeerNeverEndsIsShownAtTheEnd() {
    Conversation breaksACharacter =
        peer -> {
          peer.getOutputStream().write(new byte[] {'a', (byte) 0xe4});
          TcpTestServer.ECHO.hold(peer);
        };
    try (TcpTestServer server = TcpTestServer.open(breaksACharacter)) {
      assertThat(talking.shown().to(server.address())).isZero();
      assertThat(talking.output()).isEqualTo("a\\xe4");
    }
  }

  @Test
  void hexLinesGoOutAsTheirBytesAndEachReceiveComesInAsALine() {
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO)) {
      int status =
          talking.input("0x00 ff\n\n0A0b").to(server.address(), "--hex", "--receive-limit=1");
      assertThat(status).isZero();
      assertThat(talking.output()).isEqualTo("00\nff\n0a\n0b\n");
    }
  }

  @Test
  void hexThatIsNoneEndsTheTalkNamingLineAndColumn() {
    Leftovers leftovers = Leftovers.lookNow();
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO)) {
      assertThat(talking.input("00\n0g\n").to(server.address(), "--hex")).isEqualTo(2);
      assertThat(talking.notes())
          .containsExactly(
              "sockbed talk: standard input, line 2, column 2: 'g' is not a hexadecimal digit"
                  + " (see sockbed talk --help)");
    }
    leftovers.assertNone();
  }

  @Test
  void aPeerThatBreaksOffIsAFailure() {
    Conversation breaksOff =
        peer -> {
          say(peer, "no");
          peer.getInputStream().read();
          peer.setSoLinger(true, 0);
          peer.close();
        };
    try (TcpTestServer server = TcpTestServer.open(breaksOff)) {
      assertThat(talking.input("hello").to(server.address())).isEqualTo(3);
      assertThat(talking.output()).isEqualTo("no");
      assertThat(talking.notes())
          .singleElement()
          .asString()
          .startsWith("sockbed talk: ")
          .endsWith("connection reset by the peer (ECONNRESET)");
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 3", "true, 0"})
  void aPeerThatClosesFirstEndsTheTalk(boolean typed, int status) throws Exception {
    Conversation greetsAndCloses =
        peer -> {
          say(peer, "bye\n");
          peer.close();
        };
    try (TcpTestServer server = TcpTestServer.open(greetsAndCloses);
        PipedOutputStream keyboard = new PipedOutputStream();
        InputStream silentKeyboard = new PipedInputStream(keyboard)) {
      if (typed) {
        talking.typed();
      }
      assertThat(talking.input(silentKeyboard).to(server.address())).isEqualTo(status);
      assertThat(talking.output()).isEqualTo("bye\n");
      assertThat(talking.notes())
          .containsExactly(
              "sockbed talk: the peer closed the connection before the end of the input");
    }
  }

  @Test
  void aPeerThatEndsItsStreamFirstStillGetsAllTheInput() {
    byte[] bytes = new byte[4 << 20];
    CountDownLatch read = new CountDownLatch(1);
    Conversation endsAndReads =
        peer -> {
          peer.shutdownOutput();
          if (peer.getInputStream().readAllBytes().length == bytes.length) {
            read.countDown();
          }
        };
    try (TcpTestServer server = TcpTestServer.open(endsAndReads)) {
      assertThat(talking.input(bytes).to(server.address())).isZero();
      assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"never answers", "never reads", "ends its stream and never reads"})
  void aPeerThatNeitherTakesNorGivesAnythingIsGivenUp(String how) {
    Conversation silence =
        switch (how) {
          case "never answers" -> peer -> peer.getInputStream().readAllBytes();
          case "never reads" -> peer -> {};
          default -> Socket::shutdownOutput;
        };
    byte[] more = new byte[64 << 20];
    Leftovers leftovers = Leftovers.lookNow();
    try (TcpTestServer server = TcpTestServer.open(silence)) {
      talking.input(how.equals("never answers") ? new byte[10] : more);
      assertThat(talking.to(server.address(), "--idle=200ms")).isEqualTo(3);
      assertThat(talking.notes())
          .containsExactly(
              "sockbed talk: the peer neither took nor sent a byte for 200 ms (see"
                  + " --idle-timeout)");
    }
    leftovers.assertNone();
  }

  @Test
  void aReaderOfOurOutputMayTakeLongerThanThePeer() {
    byte[] bytes = new byte[64 << 20];
    CountDownLatch longAfterIdle = new CountDownLatch(1);
    long[] written = new long[1];
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int single) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            if (written[0] == 0) {
              pause(longAfterIdle);
            }
            written[0] += count;
          }
        };
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO)) {
      int status =
          talking
              .input(bytes)
              .output(slow)
              .to(server.address(), "--idle=2s", "--receive-limit=64KiB");
      assertThat(talking.notes()).isEmpty();
      assertThat(status).isZero();
      assertThat(written[0]).isEqualTo(bytes.length);
    }
  }

  private static void pause(CountDownLatch neverComes) throws IOException {
    try {
      neverComes.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void say(Socket peer, String text) throws IOException {
    peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
