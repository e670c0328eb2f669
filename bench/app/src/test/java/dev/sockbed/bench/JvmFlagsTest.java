package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The flags of our JVMs stand in one file. */
@Tag("unit")
final class JvmFlagsTest {
  private static final Path ROOT = Checkout.path("");
  private static final Set<String> NOT_OURS = Set.of("target", ".git");

  @Test
  void theyAreTheLinesOfTheFileButForItsComments() throws IOException {
    assertThat(JvmFlags.ALL)
        .contains("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
        .allMatch(flag -> flag.startsWith("-"))
        .doesNotHaveDuplicates();
    assertThat(Files.readString(ROOT.resolve(LaunchedCheckout.FLAGS)).lines())
        .containsAll(JvmFlags.ALL);
  }

  @Test
  void noScriptAndNoPomRepeatsThem() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 2)) {
      assertThat(files.filter(JvmFlagsTest::mayStartAJvm))
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(Files.readString(file, StandardCharsets.UTF_8))
                  .doesNotContain("CompileCommand", "add-exports=java.base/sun.nio.ch"));
    }
  }

  private static boolean mayStartAJvm(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && NOT_OURS.stream().noneMatch(folder -> file.startsWith(ROOT.resolve(folder)))
        && (name.equals("pom.xml") || name.equals("sockbed") || name.endsWith(".py"));
  }
}
