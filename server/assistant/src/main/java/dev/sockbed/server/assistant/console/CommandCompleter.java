package dev.sockbed.server.assistant.console;

import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.Checksum;
import dev.sockbed.server.assistant.script.CommandParser;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, modes, peers' numbers and the like. */
final class CommandCompleter implements Completer {
  private final Assistant assistant;

  CommandCompleter(Assistant assistant) {
    this.assistant = assistant;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    words(line).map(Candidate::new).forEach(candidates::add);
  }

  private Stream<String> words(ParsedLine line) {
    if (line.wordIndex() == 0) {
      return Stream.concat(
              CommandParser.GRAMMAR.stream().map(written -> written.split(" ", 2)[0]),
              Console.OWN_COMMANDS.stream().map(written -> written.split(" ", 2)[0]))
          .distinct();
    }
    String command = line.words().getFirst();
    if (line.words().get(line.wordIndex() - 1).equals("checksum")) {
      return Stream.of(Checksum.values()).map(Checksum::label);
    }
    if (line.wordIndex() > 1) {
      return switch (command) {
        case "open" -> Stream.of("limit", "to");
        case "close" -> Stream.of("reset");
        case "send", "repeat" -> Stream.of("hex", "crlf", "lf", "checksum");
        case "expect" -> Stream.of("from", "within");
        case "reply" -> Stream.of("echo", "prefix", "hex");
        default -> Stream.empty();
      };
    }
    return switch (command) {
      case "open" -> Stream.of("tcp-server", "tcp-client", "udp");
      case "close", "pick", "send", "file" -> peers();
      case "reply" -> Stream.of("any", "exact", "contains", "regex", "off");
      case "expect" -> Stream.of("hex", "peers", "gone");
      case "repeat" -> Stream.of("off");
      case "clear" -> Stream.of("counts");
      case "view" -> Stream.of("text", "hex", "both");
      default -> Stream.empty();
    };
  }

  private Stream<String> peers() {
    return Stream.concat(
        Stream.of("all"),
        assistant.state().peers().stream().map(peer -> String.valueOf(peer.number())));
  }
}
