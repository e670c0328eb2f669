package dev.sockbed.server.assistant.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.DecodedText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected is found among octets that are no text, and takes no more than it found. */
@Tag("socket")
final class BinaryExpectationTest {
  private final List<String> problems = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "ffff7879, /x/, y",
    "fffe8081524541445900, /READY/, \\0",
    "e4b8787a, /x/, z",
    "f09f98787a, /x/, z",
    "c3a9ff787a, /x/, z",
    "efbfbd787a, /x/, z",
    "ff787a, /^.x/, z",
    "78ffff79, /x../, y",
    "eda080787a, /x/, z"
  })
  void whatComesBehindAnExpressionIsStillThere(String sent, String regex, String rest)
      throws Exception {
    assertThat(exchange(HexFormat.of().parseHex(sent), "expect " + regex, "expect \"" + rest + '"'))
        .as("%s", problems)
        .isEqualTo(ExitStatus.OK);
  }

  /** A matcher that tries one way after the other would try 2 to the 5,000 ways here. */
  @Test
  @Timeout(60)
  void anExpressionWithManyWaysToMatchIsSearchedInOnePass() throws Exception {
    byte[] octets = ("x".repeat(5_000) + 'z').getBytes(StandardCharsets.US_ASCII);

    assertThat(exchange(octets, "expect /(x+x+)+y|z/")).as("%s", problems).isEqualTo(ExitStatus.OK);
  }

  /** A script whose server sends those octets. */
  private int exchange(byte[] octets, String... expected) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread sender = Thread.ofVirtual().start(() -> serve(server, octets));
      List<String> script = new ArrayList<>();
      script.add("open tcp-client 127.0.0.1:" + server.getLocalPort());
      for (String line : expected) {
        script.add(line + " within 3s");
      }
      int status;
      try (Assistant assistant = new Assistant(false)) {
        status =
            new ScriptRunner(assistant, new PrintWriter(new StringWriter()), problems::add)
                .run("script", script);
      }
      sender.join();
      return status;
    }
  }

  private void serve(ServerSocket server, byte[] octets) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(octets);
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      problems.add(e.toString());
    }
  }

  @Test
  void eachPrefixOfADecodedTextStandsForThePrefixOfItsOctets() {
    Random random = new Random(20);
    for (int round = 0; round < 2000; round++) {
      byte[] octets = new byte[1 + random.nextInt(12)];
      for (int i = 0; i < octets.length; i++) {
        // Beginnings and continuations of characters, and plain letters.
        int[] kinds = {'a', 0x80, 0xbf, 0xc3, 0xe4, 0xed, 0xf0, 0xf4, 0xff};
        octets[i] = (byte) kinds[random.nextInt(kinds.length)];
      }
      DecodedText decoded = DecodedText.of(Bytes.of(octets));
      String all = decoded.text();
      assertThat(decoded.octetsOf(all.length())).isEqualTo(octets.length);
      for (int chars = 0; chars < all.length(); chars++) {
        if (!Character.isLowSurrogate(all.charAt(chars))) {
          int end = decoded.octetsOf(chars);
          String prefix = DecodedText.of(Bytes.of(octets).first(end)).text();
          assertThat(prefix)
              .as("%d of %s", chars, HexFormat.of().formatHex(octets))
              .isEqualTo(all.substring(0, chars));
        }
      }
    }
  }
}
