package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.HelpPage;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} of every command looks like on narrow and on wide terminals. */
@Tag("unit")
final class HelpPagesTest {
  private static final List<Integer> WIDTHS = List.of(60, 80, 120);

  /** Whole command lines, which take a while to make, by the width of their pages. */
  private static final Map<Integer, CommandLine> LINES = new ConcurrentHashMap<>();

  static Stream<Arguments> pages() {
    List<CommandLine> commands = new ArrayList<>();
    collect(Sockbed.commandLine(), commands);
    return commands.stream()
        .map(command -> command.getCommandSpec().qualifiedName(" "))
        .flatMap(name -> WIDTHS.stream().map(width -> Arguments.of(name, width)));
  }

  private static void collect(CommandLine command, List<CommandLine> commands) {
    commands.add(command);
    command.getSubcommands().values().forEach(each -> collect(each, commands));
  }

  @Test
  void theFirstPageNamesEveryExitStatus() throws IllegalAccessException {
    String page = page("sockbed", 120);
    String statuses = page.substring(page.indexOf("Exit status:"));

    for (Field status : ExitStatus.class.getFields()) {
      assertThat(statuses).containsPattern("\\b" + status.getInt(null) + "\\s");
    }
  }

  @ParameterizedTest(name = "{0}, {1} columns")
  @MethodSource("pages")
  void noLineIsLongerThanTheTerminalButAnArgumentOfAnExample(String command, int width) {
    for (String line : page(command, width).lines().toList()) {
      String text = line.strip().replace(" \\", "");
      boolean flagWithItsValue = line.startsWith("      --") && shellWords(text).length <= 2;
      if (!flagWithItsValue) {
        assertThat(line.length()).as(line).isLessThanOrEqualTo(width);
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1} columns")
  @MethodSource("pages")
  void everyExampleIsStillWhatWasWritten(String command, int width) {
    List<String> written =
        Stream.of(line(command, width).getCommandSpec().usageMessage().footer())
            .filter(line -> line.startsWith("  "))
            .map(line -> line.replace("%%", "%").replaceFirst("  # .*", "").strip())
            .toList();

    assertThat(examples(page(command, width))).containsExactlyElementsOf(written);
  }

  @ParameterizedTest(name = "{0}, {1} columns")
  @MethodSource("pages")
  void noWordIsBroken(String command, int width) {
    List<String> atTheWidest = words(page(command, 2_000));

    assertThat(words(page(command, width))).containsExactlyElementsOf(atTheWidest);
  }

  @ParameterizedTest(name = "{0}, {1} columns")
  @MethodSource("pages")
  void everyExampleCanBeParsed(String command, int width) {
    for (String example : examples(page(command, width))) {
      String own = example.replaceFirst("^.*[|] ", "").replaceFirst(" < .*$", "");
      if (own.startsWith("./sockbed ")) {
        String[] arguments =
            Sockbed.withoutTheWordHelp(shellWords(own.substring("./sockbed ".length())));
        assertThatCode(() -> line("sockbed", width).parseArgs(arguments))
            .as(example)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void theListOfCommandsTellsEachInAWholeSentence() {
    String page = page("sockbed", 120);

    assertThat(page)
        .contains("from the terminal, or by a script.")
        .contains("  compare              Measures the same work over TCP and over UDP");
    assertThat(page.substring(page.indexOf("Commands:"), page.indexOf("Examples:")).strip())
        .endsWith(".");
  }

  @Test
  void compareNamesEveryScenarioThatItTakes() {
    assertThat(page("sockbed compare", 120).replaceAll("\\s+", " "))
        .contains("there are setup, floor, rtt, throughput, offered-load");
  }

  @ParameterizedTest
  @CsvSource({
    "talk udp://h:9, --idle, --idle-timeout, 3s",
    "talk udp://h:9, --timeout, --connect-timeout, 3s",
    "device udp://h:9, --profile, --board, lesson",
    "bench --peers, --payloads, --size, 64",
    "bench --trials 1, --link, --links, ''",
    "check server tcp://h:9, --repeat, --trials, 3",
    "check server tcp://h:9, --timeout, --case-timeout, 3s",
    "link, --rate, --bandwidth, 1Mbit/s",
    "link, --timeout, --black-hole, 3s"
  })
  void aFlagsFormerNameIsStillReadAndNoLongerTold(
      String command, String former, String flag, String value) {
    String words = command.replaceFirst(" (udp|tcp|--).*", "");
    assertThat(words(page("sockbed " + words, 80)))
        .anyMatch(word -> word.matches(flag + "(=.*)?"))
        .noneMatch(word -> word.matches(former + "(=.*)?"));
    for (String name : List.of(former, flag)) {
      String[] arguments = shellWords((command + " " + name + " " + value).strip());
      assertThatCode(() -> line("sockbed", 80).parseArgs(arguments)).doesNotThrowAnyException();
    }
  }

  /**
   * What each flag means that several commands describe in words of their own, and what all of
   * these then have to say. A flag that is not listed is described by all in the same words.
   */
  private static final Map<String, String> SENSES =
      Map.ofEntries(
          Map.entry("--board", "Whose habits to have"),
          Map.entry("--connections", "Sockets that take part"),
          Map.entry("--count", "N messages"),
          Map.entry("--cpus", "processor"),
          Map.entry("--deadline", "A reply that takes longer is late"),
          Map.entry("--duration", "how long"),
          Map.entry("--idle-timeout", "how long the peer may be silent"),
          Map.entry("--interface", "this interface"),
          Map.entry("--json", "as JSON; - is standard output, instead of the table"),
          Map.entry("--link-mode", "How the link is made"),
          Map.entry("--listen", "Where clients come to"),
          Map.entry("--only", "Only these"),
          Map.entry("--open", "Open the page in a browser"),
          Map.entry("--profile", "Only this profile's cases"),
          Map.entry("--quick", "measure less"),
          Map.entry("--quiet", "No "),
          Map.entry("--rate", "messages a second"),
          Map.entry("--receive-limit", "The most bytes one receive"),
          Map.entry("--seed", "Of all that is random"),
          Map.entry("--size", "bytes a message"),
          Map.entry("--strict", "exit status 5 if something can't be told"),
          Map.entry("--to", "server"),
          Map.entry("--trials", "N times"));

  @Test
  void aFlagMeansTheSameInEveryCommandThatHasIt() {
    Map<String, Map<String, String>> described = new TreeMap<>();
    List<CommandLine> commands = new ArrayList<>();
    collect(line("sockbed", 80), commands);
    for (CommandLine command : commands) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        List<String> names = HelpPage.shownNames(option);
        if (!option.hidden()) {
          names.forEach(name ->
              described
                  .computeIfAbsent(name, _ -> new TreeMap<>())
                  .put(command.getCommandSpec().qualifiedName(" "), said(option)));
        }
      }
    }

    assertThat(described).containsKeys(SENSES.keySet().toArray(String[]::new));
    described.forEach((flag, meanings) -> {
      String sense = SENSES.get(flag);
      if (sense == null) {
        assertThat(Set.copyOf(meanings.values())).as("%s: %s", flag, meanings).hasSize(1);
      } else {
        assertThat(meanings.values())
            .as(flag)
            .allSatisfy(text -> assertThat(text).containsIgnoringCase(sense));
      }
    });
  }

  private static String said(OptionSpec option) {
    return String.join(" ", option.description());
  }

  private static String page(String command, int width) {
    return line(command, width).getUsageMessage();
  }

  private static CommandLine line(String command, int width) {
    CommandLine line = LINES.computeIfAbsent(width, HelpPagesTest::wholeLine);
    for (String word : command.split(" ", -1)) {
      line =
          word.equals("sockbed")
              ? line
              : Objects.requireNonNull(line.getSubcommands().get(word), word);
    }
    return line;
  }

  private static CommandLine wholeLine(int width) {
    CommandLine line = Sockbed.commandLine();
    HelpPage.register(line, width);
    return line;
  }

  /** The commands below "Examples:" as a shell reads them. */
  private static List<String> examples(String page) {
    List<String> lines = page.lines().toList();
    int begin = lines.indexOf("Examples:");
    if (begin < 0) {
      return List.of();
    }
    String block =
        String.join(
            "\n",
            lines.subList(begin + 1, lines.size()).stream()
                .takeWhile(line -> !line.isEmpty())
                .toList());
    return block
        .replaceAll(" \\\\\n *", " ")
        .lines()
        .map(line -> line.replaceFirst("(^| +)# .*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static List<String> words(String page) {
    return Stream.of(page.split("\\s+", -1))
        .filter(word -> !word.equals("\\") && !word.equals("#"))
        .sorted() // A comment stands beside or above its example.
        .toList();
  }

  private static String[] shellWords(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    String ended = text + " ";
    for (int i = 0; i < ended.length(); i++) {
      char character = ended.charAt(i);
      if (character == '\'') {
        quoted = !quoted;
      } else if (character == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(character);
      }
    }
    return words.toArray(String[]::new);
  }
}
