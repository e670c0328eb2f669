package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class SearchPathTest {
  @TempDir private Path folder;

  @Test
  void theFirstFolderThatHasTheProgramGivesIt() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path second = program(Files.createDirectory(folder.resolve("second")));
    Path third = program(Files.createDirectory(folder.resolve("third")));
    String folders =
        String.join(
            File.pathSeparator, "" + empty, "", "" + second.getParent(), "" + third.getParent());

    assertThat(new SearchPath(folders).find("tool")).contains(second);
    assertThat(new SearchPath(folders).find("other")).isEmpty();
  }

  @Test
  void whatCannotBeRunIsNoProgram() throws IOException {
    Files.createFile(folder.resolve("tool"));

    assertThat(new SearchPath("" + folder).find("tool")).isEmpty();
    assertThat(new SearchPath("").find("tool")).isEmpty();
  }

  @Test
  void anAbsolutePathIsItself() throws IOException {
    Path program = program(folder);

    assertThat(new SearchPath("/no/such/folder").find("" + program)).contains(program);
  }

  private static Path program(Path in) throws IOException {
    Path program = Files.createFile(in.resolve("tool"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}
