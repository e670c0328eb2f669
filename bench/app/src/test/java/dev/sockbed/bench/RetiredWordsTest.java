package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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

  @Test
  void noMessageSaysThemAnyMore() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path source : SourceTree.main()) {
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
    for (Path document : SourceTree.documents()) {
      Files.readString(document)
          .lines()
          .filter(line -> RETIRED.matcher(line).find())
          .forEach(line -> found.add(document.getFileName() + ": " + line));
    }
    assertThat(found).isEmpty();
  }
}
