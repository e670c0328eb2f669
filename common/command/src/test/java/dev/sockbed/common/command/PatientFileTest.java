package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that may be pipes, and texts as editors write them. */
@Tag("process")
final class PatientFileTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  private static final int LONGER_THAN_A_PIPE = 1 << 20;

  /** Writes until it is told that the reader has gone. */
  private static final String LATE_WRITER =
      """
      import sys, time
      with open(sys.argv[1], 'wb', buffering=0) as pipe:
          try:
              for _ in range(4000):
                  pipe.write(b'x')
                  time.sleep(0.01)
          except BrokenPipeError:
              print('nobody reads')
      """;

  /** Opens it, and reads nothing until its input ends. */
  private static final String IDLE_READER =
      """
      import sys
      with open(sys.argv[1], 'rb') as pipe:
          sys.stdin.read()
          print('cut short' if len(pipe.read()) < int(sys.argv[2]) else 'all of it')
      """;

  @TempDir private Path folder;
  private Path pipe;

  @BeforeEach
  void makePipe() {
    pipe = folder.resolve("pipe");
    try (Peer mkfifo = Peer.start("mkfifo", pipe.toString())) {
      assertThat(mkfifo.awaitExit()).isZero();
    }
  }

  @Test
  void aPipeThatNobodyReadsIsGivenUp() {
    assertThatThrownBy(() -> PatientFile.write(pipe, new byte[1], SHORT))
        .isInstanceOf(IOException.class)
        .hasMessage("it is a pipe that nobody reads");
  }

  @Test
  void aPipeThatNobodyWritesToIsGivenUp() {
    assertThatThrownBy(() -> PatientFile.open(pipe, SHORT))
        .isInstanceOf(IOException.class)
        .hasMessage("it is a pipe that nobody writes to");
  }

  @Test
  void aPipeOpenedTooLateIsClosedAgain() throws IOException {
    assertThatThrownBy(() -> PatientFile.open(pipe, SHORT)).isInstanceOf(IOException.class);
    try (Peer writer = Peer.python(LATE_WRITER, pipe)) {
      assertThat(writer.awaitExit()).as(writer.errors()).isZero();
      assertThat(writer.output()).contains("nobody reads");
    }
    assertThatThrownBy(() -> PatientFile.write(pipe, new byte[] {'x'}, SHORT))
        .isInstanceOf(IOException.class);
    try (Peer cat = Peer.start("cat", pipe.toString())) {
      assertThat(cat.awaitExit()).isZero();
      assertThat(cat.output()).isEmpty();
    }
  }

  @Test
  void aPipeThatIsOpenedAndNotReadIsGivenUpToo() throws IOException {
    try (Peer reader = Peer.python(IDLE_READER, pipe, LONGER_THAN_A_PIPE)) {
      assertThatThrownBy(
              () -> PatientFile.write(pipe, new byte[LONGER_THAN_A_PIPE], Duration.ofSeconds(2)))
          .isInstanceOf(IOException.class)
          .hasMessage("it is a pipe that nobody reads");
      reader.endInput();
      assertThat(reader.awaitExit()).as(reader.errors()).isZero();
      reader.awaitOutput("cut short");
    }
  }

  @Test
  void aPipeThatSomebodyOpensIsWrittenAndRead() throws IOException {
    try (Peer cat = Peer.start("cat", pipe.toString())) {
      PatientFile.write(pipe, "hello".getBytes(StandardCharsets.UTF_8));
      cat.awaitOutput("hello");
      assertThat(cat.awaitExit()).isZero();
    }
    try (Peer _ = Peer.python("import sys; open(sys.argv[1], 'w').write('there')", pipe);
        InputStream in = PatientFile.open(pipe)) {
      assertThat(in.readAllBytes()).asString().isEqualTo("there");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one\ntwo",
        "one\r\ntwo\r\n",
        "\ufeffone\r\ntwo",
        "one\rtwo\r",
        "\ufeffone\ntwo\n"
      })
  void linesAreReadAsEditorsWriteThem(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("text"), text);
    assertThat(TextLines.read(file, "a script", 100)).isEqualTo(List.of("one", "two"));
    Files.write(file, text.replace("\ufeff", "").getBytes(StandardCharsets.UTF_16));
    assertThat(TextLines.read(file, "a script", 100)).isEqualTo(List.of("one", "two"));
    byte[] little = ("\ufeff" + text.replace("\ufeff", "")).getBytes(StandardCharsets.UTF_16LE);
    Files.write(file, little);
    assertThat(TextLines.read(file, "a script", 100)).isEqualTo(List.of("one", "two"));
  }

  @Test
  void whatIsNoTextIsToldByItsName() throws IOException {
    Path file = Files.write(folder.resolve("text"), new byte[] {'a', (byte) 0xff});
    assertThatThrownBy(() -> TextLines.read(file, "a script", 100))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + " is not text in UTF-8");
    assertThatThrownBy(() -> TextLines.read(file, "a script", 1))
        .hasMessageContaining("longer than a script may be");
    assertThatThrownBy(() -> TextLines.read(folder, "a script", 1))
        .hasMessageContaining("is a folder, not a script");
    assertThatThrownBy(() -> TextLines.read(folder.resolve("none"), "a script", 1))
        .hasMessageContaining("there is no such file");
  }
}
