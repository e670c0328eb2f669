package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Peer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What becomes of a command whose standard output can't be written. */
@Tag("process")
class StandardOutputTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldInOneLine() {
    try (Peer help = startIn("exec \"$@\" > /dev/full", "compare", "--help")) {
      assertThat(help.awaitExit()).isEqualTo(4);
      assertThat(help.errors())
          .isEqualTo("sockbed: standard output can't be written: No space left on device\n");
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aReaderThatHasSeenEnoughIsNoFault() {
    try (Peer help = startIn("(\"$@\"; echo \"ended with $?\" >&2) | true", "compare", "--help")) {
      assertThat(help.awaitExit()).isZero();
      assertThat(help.errors()).isEqualTo("ended with 0\n");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatWasMeasuredIsShownOnStandardErrorThen() {
    String shell = "exec \"$@\" > /dev/full";
    try (Peer compare =
        startIn(shell, "compare", "--quick", "--only=setup", "--trials=1", "--quiet")) {
      assertThat(compare.awaitExit()).isEqualTo(4);
      assertThat(compare.errors())
          .contains("TCP  ", "UDP  ")
          .endsWith("sockbed: standard output can't be written: No space left on device\n");
    }
  }

  private static Peer startIn(String shell, Object... arguments) {
    Stream<String> script = Stream.of("sh", "-c", shell, "sh");
    Stream<String> command = Arrays.stream(SockbedProcess.command(arguments));
    return Peer.start(Stream.concat(script, command).toArray(String[]::new));
  }
}
