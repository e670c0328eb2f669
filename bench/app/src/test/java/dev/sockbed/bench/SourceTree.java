package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's files, for tests of what stands in them; nothing that was built. */
final class SourceTree {
  private SourceTree() {}

  /** The sources of what is shipped. */
  static List<Path> main() throws IOException {
    List<Path> sources = files("java").filter(SourceTree::isMain).toList();
    assertThat(sources).hasSizeGreaterThan(300);
    return sources;
  }

  /** The documents, and the pages at the top; what changed is told in the past's words. */
  static List<Path> documents() throws IOException {
    List<Path> documents =
        files("md").filter(file -> !file.getFileName().toString().equals("CHANGELOG.md")).toList();
    assertThat(documents).hasSizeGreaterThan(8);
    return documents;
  }

  private static boolean isMain(Path file) {
    return file.toString().replace('\\', '/').contains("/src/main/java/");
  }

  private static Stream<Path> files(String extension) throws IOException {
    Stream.Builder<Path> all = Stream.builder();
    try (Stream<Path> top = Files.list(Checkout.path(""))) {
      for (Path entry : top.filter(path -> !isHidden(path)).toList()) {
        if (Files.isDirectory(entry)) {
          try (Stream<Path> inside = Files.walk(entry)) {
            inside.filter(file -> !file.toString().contains("/target/")).forEach(all);
          }
        } else {
          all.add(entry);
        }
      }
    }
    return all.build().filter(file -> file.toString().endsWith("." + extension));
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
