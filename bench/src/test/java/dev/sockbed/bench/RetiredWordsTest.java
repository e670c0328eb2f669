package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * That what users read says things in the field's words: messages in flight, preempted threads,
 * conclusions. The words that were used before come back neither in messages nor in documents.
 */
@Tag("unit")
final class RetiredWordsTest {
  private static final Pattern RETIRED =
      Pattern.compile(
          "\\b(?i:under way|pushed aside)\\b|\\bWhat follows\\b|were kept to;"
              + "|\\b(?:has|have) not (?:a|an|any|the)\\b");

  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

  /** Surefire runs in the module's folder. */
  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  @Test
  void noMessageSaysThemAnyMore() throws IOException {
    Set<String> found = new TreeSet<>();
    List<Path> sources = files("java").filter(RetiredWordsTest::isMain).toList();
    assertThat(sources).hasSizeGreaterThan(300);
    for (Path source : sources) {
      STRING
          .matcher(Files.readString(source))
          .results()
          .map(MatchResult::group)
          .filter(text -> RETIRED.matcher(text).find())
          .forEach(text -> found.add(source.getFileName() + ": " + text));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noDocumentSaysThemAnyMore() throws IOException {
    Set<String> found = new TreeSet<>();
    List<Path> documents = files("md").toList();
    assertThat(documents).hasSizeGreaterThan(8);
    for (Path document : documents) {
      Files.readString(document)
          .lines()
          .filter(line -> RETIRED.matcher(line).find())
          .forEach(line -> found.add(document.getFileName() + ": " + line));
    }
    assertThat(found).isEmpty();
  }

  private static boolean isMain(Path file) {
    return file.toString().replace('\\', '/').contains("/src/main/java/");
  }

  /** The modules' sources, the documents and the pages at the top; nothing that was built. */
  private static Stream<Path> files(String extension) throws IOException {
    Stream.Builder<Path> all = Stream.builder();
    try (Stream<Path> top = Files.list(TOP)) {
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
    return all.build()
        .filter(file -> file.toString().endsWith("." + extension))
        .filter(file -> !file.getFileName().toString().equals("CHANGELOG.md"));
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
