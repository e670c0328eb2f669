package dev.sockbed.server.assistant.script;

import com.google.re2j.Pattern;
import dev.sockbed.common.Address;
import dev.sockbed.common.Durations;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.Checksum;
import dev.sockbed.server.assistant.HexText;
import dev.sockbed.server.assistant.Mode;
import dev.sockbed.server.assistant.RegularExpression;
import dev.sockbed.server.assistant.ReplyPattern;
import dev.sockbed.server.assistant.SessionSetup;
import dev.sockbed.server.assistant.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads commands. */
public final class CommandParser {
  /** How long an expectation waits if it does not say. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

  /** Every command, as it is written. */
  public static final List<String> GRAMMAR =
      List.of(
          "open tcp-server [HOST:]PORT [limit BYTES]",
          "open tcp-client [HOST:]PORT [limit BYTES]",
          "open udp [HOST:]PORT [to HOST:PORT] [limit BYTES]",
          "close                          the session; its peers are told goodbye",
          "close PEERS [reset]            PEERS: all, or numbers as in 1,3",
          "pick PEERS                     whom send, repeat and file are for",
          "peer HOST:PORT                 list a UDP peer that has not sent yet",
          "send [PEERS] [hex] TEXT [crlf|lf] [checksum sum|xor|crc16-modbus|crc32]",
          "repeat DURATION [PEERS] [hex] TEXT [crlf|lf] [checksum NAME]",
          "repeat off",
          "file [PEERS] PATH",
          "reply any|exact TEXT|contains TEXT|regex REGEX  [hex] TEXT|prefix TEXT|echo",
          "reply off",
          "expect [hex] TEXT | /REGEX/  [from PEER] [within DURATION]",
          "expect peers N [within DURATION]",
          "expect gone [from PEER] [within DURATION]",
          "wait DURATION",
          "save FILE [text|json]",
          "clear                          the rows and the totals",
          "clear counts                   the totals and each peer's counts; the rows stay");

  private CommandParser() {}

  /**
   * Reads a line.
   *
   * @return null if there is nothing but space or a comment
   * @throws ScriptSyntaxException saying what is wrong
   */
  public static @Nullable Command parse(String line) throws ScriptSyntaxException {
    Words words = Words.of(line);
    if (words.isEmpty()) {
      return null;
    }
    try {
      Command command = command(words.take("a command").text(), words);
      words.end();
      return command;
    } catch (AssistantException | IllegalArgumentException e) {
      throw new ScriptSyntaxException(String.valueOf(e.getMessage()));
    }
  }

  /** Reads all the lines of a script; the message of a fault begins with the line's number. */
  public static List<NumberedCommand> parseAll(List<String> lines) throws ScriptSyntaxException {
    List<NumberedCommand> commands = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        Command command = parse(lines.get(i));
        if (command != null) {
          commands.add(new NumberedCommand(i + 1, lines.get(i).strip(), command));
        }
      } catch (ScriptSyntaxException e) {
        throw e.atLine(i + 1);
      }
    }
    return commands;
  }

  /**
   * A command and where it stands.
   *
   * @param line the line's number, from 1
   * @param text the line as it was written
   */
  public record NumberedCommand(int line, String text, Command command) {}

  private static Command command(String name, Words words)
      throws ScriptSyntaxException, AssistantException {
    return switch (name) {
      case "open" -> open(words);
      case "close" -> close(words);
      case "pick" -> new Command.Pick(Target.parse(words.take("PEERS").text()));
      case "peer" -> new Command.AddPeer(address(Transport.UDP, words.take("HOST:PORT").text()));
      case "send" -> new Command.Send(target(words), message(words));
      case "repeat" -> repeat(words);
      case "file" -> new Command.SendFile(target(words), path(words));
      case "reply" -> reply(words);
      case "expect" -> expect(words);
      case "wait" -> new Command.Pause(Durations.parse(words.take("DURATION").text()));
      case "save" -> new Command.Save(path(words), format(words));
      case "clear" -> words.takeIf("counts") ? new Command.ResetCounts() : new Command.Clear();
      default -> throw new ScriptSyntaxException(unknown(name));
    };
  }

  private static String unknown(String name) {
    String known =
        String.join(", ", GRAMMAR.stream().map(line -> line.split(" ", 2)[0]).distinct().toList());
    return "unknown command '" + Bytes.utf8(name) + "' (known are " + known + ")";
  }

  private static Command open(Words words) throws ScriptSyntaxException {
    Mode mode = Mode.parse(words.take("tcp-server, tcp-client or udp").text());
    Address address = address(mode.transport(), words.take("[HOST:]PORT").text());
    Address remote =
        words.takeIf("to") ? address(Transport.UDP, words.take("HOST:PORT after to").text()) : null;
    int limit = SocketConfig.DEFAULT_RECEIVE_LIMIT;
    if (words.takeIf("limit")) {
      limit = number(words.take("BYTES after limit").text());
    }
    return new Command.Open(new SessionSetup(mode, address, remote, limit));
  }

  /** Reads {@code PORT}, {@code HOST:PORT} or either with the transport before it. */
  private static Address address(Transport transport, String text) {
    String prefix = transport.scheme() + "://";
    if (text.toLowerCase(Locale.ROOT).startsWith(prefix)) {
      return Address.parse(text);
    }
    return Address.parse(prefix + (text.matches("\\d+") ? "127.0.0.1:" + text : text));
  }

  private static Command close(Words words) throws ScriptSyntaxException, AssistantException {
    if (words.isEmpty()) {
      return new Command.CloseSession();
    }
    Target target = Target.parse(words.take("PEERS").text());
    return new Command.ClosePeers(target, words.takeIf("reset"));
  }

  private static @Nullable Target target(Words words) throws AssistantException {
    Words.Word word = words.peek();
    boolean plain = word != null && word.kind() == Words.Kind.PLAIN;
    if (word != null && plain && (word.text().equals("all") || Target.isList(word.text()))) {
      words.takeIf(word.text());
      return Target.parse(word.text());
    }
    return null;
  }

  private static Bytes message(Words words) throws ScriptSyntaxException, AssistantException {
    Bytes message =
        words.takeIf("hex")
            ? HexText.parse(words.take("hexadecimal digits").text())
            : words.takeText("TEXT");
    if (words.takeIf("crlf")) {
      message = message.then(Bytes.utf8("\r\n"));
    } else if (words.takeIf("lf")) {
      message = message.then(Bytes.utf8("\n"));
    }
    return words.takeIf("checksum")
        ? Checksum.parse(words.take("NAME after checksum").text()).appendedTo(message)
        : message;
  }

  private static Command repeat(Words words) throws ScriptSyntaxException, AssistantException {
    if (words.takeIf("off")) {
      return new Command.RepeatOff();
    }
    Duration interval = Durations.parse(words.take("DURATION or off").text());
    return new Command.Repeat(interval, target(words), message(words));
  }

  private static Command reply(Words words) throws ScriptSyntaxException, AssistantException {
    if (words.takeIf("off")) {
      return new Command.ReplyOff();
    }
    String kind = words.take("any, exact, contains, regex or off").text();
    ReplyPattern.When when = null;
    for (ReplyPattern.When known : ReplyPattern.When.values()) {
      when = known.label().equals(kind) ? known : when;
    }
    if (when == null) {
      throw new ScriptSyntaxException("'" + kind + "' is not any, exact, contains, regex or off");
    }
    String pattern = when == ReplyPattern.When.ANY ? "" : words.take("what to compare with").text();
    ReplyPattern rule;
    if (words.takeIf("echo")) {
      rule = new ReplyPattern(when, pattern, ReplyPattern.Reply.ECHO, Bytes.NONE);
    } else if (words.takeIf("prefix")) {
      rule = new ReplyPattern(when, pattern, ReplyPattern.Reply.PREFIX, words.takeText("TEXT"));
    } else {
      rule = new ReplyPattern(when, pattern, ReplyPattern.Reply.BYTES, message(words));
    }
    rule.check();
    return new Command.AddReply(rule);
  }

  private static Command expect(Words words) throws ScriptSyntaxException, AssistantException {
    Command.Expected what = expected(words);
    OptionalInt from =
        words.takeIf("from")
            ? OptionalInt.of(number(words.take("a peer's number after from").text()))
            : OptionalInt.empty();
    Duration within =
        words.takeIf("within")
            ? Durations.parse(words.take("DURATION after within").text())
            : DEFAULT_PATIENCE;
    return new Command.Expect(what, from, within);
  }

  private static Command.Expected expected(Words words)
      throws ScriptSyntaxException, AssistantException {
    if (words.takeIf("peers")) {
      return new Command.Expected.PeerCount(number(words.take("N after peers").text()));
    }
    if (words.takeIf("gone")) {
      return new Command.Expected.Gone();
    }
    Words.Word word = words.peek();
    if (word != null && word.kind() == Words.Kind.REGEX) {
      return new Command.Expected.Found(regex(words.take("REGEX").text()));
    }
    Bytes bytes = message(words);
    if (bytes.length() == 0) {
      throw new ScriptSyntaxException("an empty text can't be expected");
    }
    return new Command.Expected.Contained(bytes);
  }

  private static Pattern regex(String text) throws ScriptSyntaxException {
    try {
      return RegularExpression.of(text);
    } catch (IllegalArgumentException e) {
      throw new ScriptSyntaxException(String.valueOf(e.getMessage()));
    }
  }

  private static Path path(Words words) throws ScriptSyntaxException {
    return Path.of(words.take("a file's path").text());
  }

  private static TranscriptFormat format(Words words) {
    if (words.takeIf("json")) {
      return TranscriptFormat.JSON;
    }
    words.takeIf("text");
    return TranscriptFormat.TEXT;
  }

  private static int number(String text) throws ScriptSyntaxException {
    if (!text.matches("\\d{1,9}")) {
      throw new ScriptSyntaxException("'" + text + "' is not a number");
    }
    return Integer.parseInt(text);
  }
}
