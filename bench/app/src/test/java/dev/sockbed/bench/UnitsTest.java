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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * That a number and its unit stand apart in what people read, {@code 50 ms} and {@code 2 %}, and
 * together only in what can be typed, {@code --delay 50ms} and {@code loss=2%}.
 */
@Tag("unit")
final class UnitsTest {
  private static final String GLUED = "\\d(?:ns|us|µs|ms|s|m|min|h|%%?|[KMG]iB|[kMG]?bit/s)(?!\\w)";

  /** After such words a number is part of a sentence. */
  private static final Pattern IN_A_SENTENCE =
      Pattern.compile(
          "\\b(?:after|at|at least|at"
              + " most|be|every|for|from|in|is|lasts|not|of|over|than|to|within) [\\d.]*"
              + GLUED);

  private static final Pattern IN_PROSE = Pattern.compile("(?<![\\w.=:/-])[\\d.,]*" + GLUED);
  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`]*`");
  private static final Pattern AS_TYPED =
      Pattern.compile("(?:Durations|Percentages)(?:::|\\.)format\\b");

  /** Links, times of timelines and ways to wait in words, a flag with its value, a claim's name. */
  private static final Set<String> WRITE_AS_TYPED =
      Set.of(
          "BoardProgram.java",
          "LinkFindings.java",
          "SteeredLink.java",
          "LinkText.java",
          "TimelineText.java",
          "WaitStrategy.java");

  @Test
  void noSentenceOfAMessageGluesThem() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path source : SourceTree.main()) {
      STRING
          .matcher(Files.readString(source))
          .results()
          .map(MatchResult::group)
          .filter(text -> IN_A_SENTENCE.matcher(text).find())
          .forEach(text -> found.add(source.getFileName() + ": " + text));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void onlyWhatCanBeTypedIsWrittenAsItIsTyped() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path source : SourceTree.main()) {
      if (AS_TYPED.matcher(Files.readString(source)).find()) {
        found.add(source.getFileName().toString());
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(WRITE_AS_TYPED));
  }

  @Test
  void noDocumentGluesThemOutsideOfCode() throws IOException {
    Set<String> found = new TreeSet<>();
    List<Path> documents = SourceTree.documents();
    for (Path document : documents) {
      CODE.matcher(Files.readString(document))
          .replaceAll("")
          .lines()
          .filter(line -> IN_PROSE.matcher(line).find())
          .forEach(line -> found.add(document.getFileName() + ": " + line));
    }
    assertThat(found).isEmpty();
  }
}
