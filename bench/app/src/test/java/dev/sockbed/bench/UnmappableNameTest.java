package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Peer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM whose locale can't write a file's name, where no launcher has chosen another. */
@Tag("process")
@EnabledOnOs(OS.LINUX)
final class UnmappableNameTest {
  /** The name's bytes come from the shell: this JVM's locale may not be able to write them. */
  private static final String WITH_NAME =
      "export LC_ALL=C; name=$(printf '\\303\\274.json'); exec \"$@\" \"$name\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load tcp://127.0.0.1:9 --json",
        "compare --out",
        "assistant --script",
        "bench --peers --json"
      })
  void isToldInOneLineThatSaysWhatToDo(String command) {
    try (Peer sockbed =
        Peer.start(
            Stream.concat(
                    Stream.of("sh", "-c", WITH_NAME, "sh"),
                    Stream.of(SockbedProcess.command((Object[]) command.split(" "))))
                .toArray(String[]::new))) {
      assertThat(sockbed.awaitExit()).as(sockbed.errors()).isEqualTo(2);
      assertThat(sockbed.errors())
          .hasLineCount(1)
          .contains("can't be the name of a file", "LC_ALL=C.UTF-8");
    }
  }
}
