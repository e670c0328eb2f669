package dev.sockbed.common.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The page that {@code --help} shows: what stands in the annotations, set as {@link HelpText} in
 * the width of the terminal. picocli's own pages fold examples and the names of flags wherever a
 * line ends.
 */
public final class HelpPage {
  /** Names that flags had before; they are still understood, and no longer told of. */
  static final Set<String> FORMER_NAMES =
      Set.of("--idle", "--link", "--payloads", "--profile", "--rate", "--repeat", "--timeout");

  /** The one section of a page, in picocli's terms. */
  private static final String SECTION = "page";

  private static final String INDENT = "  ";
  private static final String NO_SHORT_NAME = "    ";
  private static final String GAP = "  ";

  /** What has a longer name has a line of its own for it, and its description below. */
  private static final int WIDEST_NAME = 26;

  private final CommandSpec command;
  private final int columns;

  private HelpPage(CommandSpec command, int columns) {
    this.command = command;
    this.columns = columns;
  }

  /**
   * Makes a command line, and its subcommands, show such pages.
   *
   * @param columns how wide they are
   */
  public static void register(CommandLine commandLine, int columns) {
    commandLine.setHelpSectionKeys(List.of(SECTION));
    commandLine.setHelpSectionMap(
        Map.of(SECTION, help -> new HelpPage(help.commandSpec(), columns).text()));
  }

  /** One flag, operand or command of a list. */
  private record Entry(String name, String description) {}

  private String text() {
    UsageMessageSpec texts = command.usageMessage();
    List<String> lines = new ArrayList<>(FoldedText.lines(synopsis(), columns));
    lines.addAll(HelpText.lines(unescaped(texts.description()), columns));
    List<Entry> arguments = Stream.concat(operands(), flags()).toList();
    if (!arguments.isEmpty()) {
      endParagraph(lines);
      addList(lines, arguments);
    }
    List<Entry> commands = commands();
    if (!commands.isEmpty()) {
      endParagraph(lines);
      lines.add("Commands:");
      addList(lines, commands);
    }
    lines.addAll(HelpText.lines(unescaped(texts.footer()), columns));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static void endParagraph(List<String> lines) {
    if (!lines.getLast().isEmpty()) {
      lines.add("");
    }
  }

  private String synopsis() {
    String operands =
        command.positionalParameters().stream()
            .filter(operand -> !operand.hidden())
            .map(operand -> " " + label(operand))
            .collect(Collectors.joining());
    boolean hasCommands = !command.subcommands().isEmpty();
    return "Usage: "
        + command.qualifiedName()
        + " [OPTIONS]"
        + operands
        + (hasCommands ? " [COMMAND]" : "");
  }

  private static String label(PositionalParamSpec operand) {
    String label = operand.paramLabel();
    String repeated = operand.arity().max() > 1 ? label + "..." : label;
    return operand.arity().min() == 0 ? "[" + repeated + "]" : repeated;
  }

  private Stream<Entry> operands() {
    return command.positionalParameters().stream()
        .filter(operand -> !operand.hidden())
        .map(operand -> new Entry(label(operand), description(operand)));
  }

  private Stream<Entry> flags() {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparing(option -> withoutDashes(shownNames(option).getLast())))
        .map(option -> new Entry(name(option), description(option)));
  }

  private static String withoutDashes(String name) {
    return name.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
  }

  private static String name(OptionSpec option) {
    List<String> names = shownNames(option);
    String margin = names.getFirst().startsWith("--") ? NO_SHORT_NAME : "";
    String value = option.arity().max() == 0 ? "" : "=" + label(option);
    return margin + String.join(", ", names) + value;
  }

  /** Its names, the shortest first; a former one only if it is the only one. */
  public static List<String> shownNames(OptionSpec option) {
    List<String> names =
        Stream.of(option.names()).sorted(Comparator.comparingInt(String::length)).toList();
    return names.stream()
        .filter(name -> names.size() == 1 || !FORMER_NAMES.contains(name))
        .toList();
  }

  private static String label(OptionSpec option) {
    String label = option.paramLabel();
    boolean several = !option.splitRegex().isEmpty() && !label.contains("[,");
    return several ? label + "[," + label + "...]" : label;
  }

  private static String description(ArgSpec argument) {
    return String.join(" ", unescaped(argument.description()));
  }

  /** The first sentence of what each says of itself. */
  private List<Entry> commands() {
    return command.subcommands().entrySet().stream()
        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
        .map(entry -> new Entry(entry.getKey(), firstSentence(entry.getValue())))
        .toList();
  }

  private static String firstSentence(CommandLine command) {
    return unescaped(command.getCommandSpec().usageMessage().description()).stream()
        .takeWhile(line -> !line.isEmpty())
        .collect(Collectors.joining(" "))
        .replaceFirst("(?<=[.]) .*", "");
  }

  /** Annotations are written as formats; a default value that stands in them by now is none. */
  private static List<String> unescaped(String... lines) {
    return Stream.of(lines).map(line -> line.replace("%%", "%")).toList();
  }

  private void addList(List<String> lines, List<Entry> entries) {
    int width =
        entries.stream()
            .mapToInt(entry -> entry.name().length())
            .filter(length -> length <= WIDEST_NAME)
            .max()
            .orElse(WIDEST_NAME);
    String margin = INDENT + " ".repeat(width) + GAP;
    for (Entry entry : entries) {
      List<String> described = FoldedText.lines(entry.description(), columns - margin.length());
      boolean besides = entry.name().length() <= width;
      if (besides) {
        lines.add(INDENT + padded(entry.name(), width) + GAP + described.getFirst());
      } else {
        lines.add(INDENT + entry.name());
      }
      described.stream().skip(besides ? 1 : 0).forEach(line -> lines.add(margin + line));
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
