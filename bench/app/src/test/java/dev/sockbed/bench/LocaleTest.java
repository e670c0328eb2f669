package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That no command's output, and no file, depends on where in the world it runs: digits, decimal
 * points, capital letters and the encoding.
 */
@Tag("process")
final class LocaleTest {
  private static final Pattern FOREIGN_DIGIT = Pattern.compile("[\\p{Nd}\u066b&&[^0-9]]");
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[0-9],[0-9]+ (ns|µs|ms|s|%)(?!\\w)");

  /** Turkish has two letters i; only what was typed may show the other one. */
  private static final Pattern TURKISH_CASE = Pattern.compile("[ıİ]");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"C, en, US", "de_DE.UTF-8, de, DE", "tr_TR.UTF-8, tr, TR", "ar_EG.UTF-8, ar, EG"})
  void theWholeCommandLineSaysTheSame(String environment, String language, String country)
      throws IOException, InterruptedException {
    try (EchoServer tcp =
            TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), TcpEchoServerConfig.DEFAULT);
        EchoServer udp =
            UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), UdpEchoServerConfig.DEFAULT);
        Peer tour =
            tour(environment, language, country, tcp.address().port(), udp.address().port())) {
      assertThat(tour.process().waitFor(3, TimeUnit.MINUTES)).as("the tour's end").isTrue();
      assertThat(tour.awaitExit()).as(tour.errors()).isZero();

      assertThat(tour.errors()).contains("İI").doesNotContain("\tat ");
      List<String> printed =
          Stream.concat(tour.output().lines(), tour.errors().lines())
              .map(line -> line.replace("İI", ""))
              .toList();
      assertThat(printed).allSatisfy(LocaleTest::isOfNoCountry);
      assertThat(tour.output().lines().filter(line -> line.startsWith("exit status ")))
          .allSatisfy(line -> assertThat(line).startsWith("exit status " + expected(line)));
      assertThat(tour.output()).contains(" µs").doesNotContain("?s ");
      for (Path file : files()) {
        assertThat(Files.readString(file).lines())
            .as(file.toString())
            .allSatisfy(LocaleTest::isOfNoCountry);
      }
    }
  }

  private static String expected(String line) {
    return line.contains("nonsense") ? "2" : "0";
  }

  private static void isOfNoCountry(String line) {
    assertThat(line)
        .doesNotContainPattern(FOREIGN_DIGIT)
        .doesNotContainPattern(DECIMAL_COMMA)
        .doesNotContainPattern(TURKISH_CASE);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      assertThat(files).hasSizeGreaterThan(5);
      return files;
    }
  }

  private Peer tour(String environment, String language, String country, int tcp, int udp) {
    List<String> options = new ArrayList<>(JvmFlags.ALL);
    options.addAll(
        List.of(
            "-Duser.language=" + language,
            "-Duser.region=" + country,
            "-Duser.country=" + country));
    // Of these, Arabic has other digits and another decimal point: who says the same there does so.
    Object[] arguments =
        language.equals("ar")
            ? new Object[] {folder, tcp, udp, "compare"}
            : new Object[] {folder, tcp, udp};
    String[] java = JavaCommand.of(options, LocaleTour.class, arguments);
    return Peer.start(
        Stream.concat(Stream.of("env", "LC_ALL=" + environment), Stream.of(java))
            .toArray(String[]::new));
  }
}
