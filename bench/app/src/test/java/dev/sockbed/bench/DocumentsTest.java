package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents: links lead somewhere, and a Chinese page is its English twin's translation. */
@Tag("unit")
final class DocumentsTest {
  private static final Path ROOT = Checkout.path("");
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Pattern HEADING = Pattern.compile("(#+) (.*)");
  private static final Pattern FENCE = Pattern.compile(" *```(\\w*)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern COMMENT = Pattern.compile("(^|\\s+)# .*");

  @ParameterizedTest
  @MethodSource("twins")
  void aChinesePageHasTheHeadingsAndTheCodeOfItsEnglishTwin(Twins twins) throws IOException {
    Document english = Document.read(twins.english());
    Document chinese = Document.read(twins.chinese());

    assertThat(chinese.headingLevels()).isEqualTo(english.headingLevels());
    assertThat(chinese.blocks()).isEqualTo(english.blocks());
  }

  @ParameterizedTest
  @MethodSource("twins")
  void twinsLeadToEachOtherAtTheirTop(Twins twins) throws IOException {
    assertThat(Document.read(twins.english()).lines().get(2))
        .isEqualTo("English · [简体中文](" + link(twins.english(), twins.chinese()) + ")");
    assertThat(Document.read(twins.chinese()).lines().get(2))
        .isEqualTo("[English](" + link(twins.chinese(), twins.english()) + ") · 简体中文");
  }

  @Test
  void theChineseReadmeLeadsToAllChinesePages() throws IOException {
    List<String> links = Document.read(ROOT.resolve("README.zh-CN.md")).links();

    assertThat(twins().skip(1).map(twins -> link(ROOT.resolve("x"), twins.chinese())))
        .isNotEmpty()
        .allSatisfy(page -> assertThat(links).contains(page));
  }

  @Test
  void everyRelativeLinkLeadsToAFileAndToAHeadingInIt() throws IOException {
    List<String> broken = new ArrayList<>();
    int followed = 0;
    for (Path page : pages()) {
      for (String link : Document.read(page).links()) {
        if (!link.matches("[a-z]+:.*")) {
          followed++;
          if (!leadsSomewhere(page, link)) {
            broken.add(ROOT.relativize(page) + ": " + link);
          }
        }
      }
    }

    assertThat(broken).isEmpty();
    assertThat(followed).isPositive();
  }

  /** The README first, then what stands in the folder of Chinese pages. */
  static Stream<Twins> twins() throws IOException {
    Twins readme = new Twins(ROOT.resolve("README.md"), ROOT.resolve("README.zh-CN.md"));
    try (Stream<Path> pages = Files.list(DOCS.resolve("zh-CN"))) {
      List<Twins> all =
          pages.sorted().map(page -> new Twins(DOCS.resolve(page.getFileName()), page)).toList();
      return Stream.concat(Stream.of(readme), all.stream());
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(DOCS);
        Stream<Path> findings = Files.list(ROOT.resolve("findings"))) {
      return Stream.of(top, docs, findings)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    int mark = link.indexOf('#');
    String file = mark < 0 ? link : link.substring(0, mark);
    Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
    if (mark < 0 || !target.toString().endsWith(".md")) {
      return Files.exists(target);
    }
    return Files.exists(target)
        && Document.read(target).anchors().contains(link.substring(mark + 1));
  }

  private static String link(Path from, Path to) {
    return from.resolveSibling("").relativize(to).toString();
  }

  /** A page and its translation. */
  record Twins(Path english, Path chinese) {
    @Override
    public String toString() {
      return ROOT.relativize(chinese).toString();
    }
  }

  /**
   * A page in Markdown.
   *
   * @param lines all of it
   * @param prose the lines outside of code blocks
   * @param blocks the code blocks: of a drawing, whose words are translated, what it is and how
   *     many lines it has, of others all but comments
   */
  private record Document(List<String> lines, List<String> prose, List<List<String>> blocks) {
    static Document read(Path page) throws IOException {
      List<String> lines = Files.readAllLines(page);
      List<String> prose = new ArrayList<>();
      List<List<String>> blocks = new ArrayList<>();
      String language = null;
      List<String> block = new ArrayList<>();
      for (String line : lines) {
        Matcher fence = FENCE.matcher(line);
        if (!fence.matches()) {
          (language == null ? prose : block).add(line);
        } else if (language == null) {
          language = fence.group(1);
        } else {
          blocks.add(comparable(language, block));
          language = null;
          block.clear();
        }
      }
      assertThat(language).as("a code block that does not end in " + page).isNull();
      return new Document(lines, prose, blocks);
    }

    private static List<String> comparable(String language, List<String> block) {
      return language.equals("mermaid")
          ? List.of(language, block.getFirst(), block.size() + " lines")
          : Stream.concat(
                  Stream.of(language),
                  block.stream().map(line -> COMMENT.matcher(line).replaceFirst("")))
              .toList();
    }

    List<Integer> headingLevels() {
      return headings().map(heading -> heading.group(1).length()).toList();
    }

    List<String> links() {
      return prose.stream()
          .flatMap(line -> LINK.matcher(line).results().map(link -> link.group(1)))
          .toList();
    }

    /** What GitHub calls the headings in links: a heading's name again gets a number. */
    Set<String> anchors() {
      Set<String> anchors = new HashSet<>();
      Map<String, Integer> times = new HashMap<>();
      headings()
          .map(heading ->
              heading
                  .group(2)
                  .toLowerCase(Locale.ROOT)
                  .replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
                  .replace(' ', '-'))
          .forEach(name -> {
            int before = times.merge(name, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? name : name + "-" + before);
          });
      return anchors;
    }

    private Stream<Matcher> headings() {
      return prose.stream().map(HEADING::matcher).filter(Matcher::matches);
    }
  }
}
