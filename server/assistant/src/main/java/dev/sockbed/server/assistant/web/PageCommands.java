package dev.sockbed.server.assistant.web;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.Checksum;
import dev.sockbed.server.assistant.Fault;
import dev.sockbed.server.assistant.HexText;
import dev.sockbed.server.assistant.Mode;
import dev.sockbed.server.assistant.ReplyPattern;
import dev.sockbed.server.assistant.SessionSetup;
import dev.sockbed.server.assistant.Target;
import dev.sockbed.server.assistant.TypedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does what the page asks for: {@code {"do":"send","to":"all","text":"hello","as":"plain"}}. */
final class PageCommands {
  private static final JsonMapper JSON = new JsonMapper();

  private final Assistant assistant;

  PageCommands(Assistant assistant) {
    this.assistant = assistant;
  }

  /**
   * Does one.
   *
   * @throws HttpRefusal if it is not JSON, or no command
   * @throws AssistantException if it can't be done
   */
  void run(byte[] body) throws HttpRefusal, AssistantException {
    JsonNode command;
    try {
      command = JSON.readTree(body);
    } catch (JacksonException e) {
      throw new HttpRefusal(400, "bad-request", "the body is not JSON");
    }
    if (!command.isObject()) {
      throw new HttpRefusal(400, "bad-request", "the body is not a JSON object");
    }
    try {
      run(command);
    } catch (IllegalArgumentException e) {
      throw new AssistantException(Fault.BAD_INPUT, String.valueOf(e.getMessage()));
    }
  }

  private void run(JsonNode command) throws HttpRefusal, AssistantException {
    switch (text(command, "do")) {
      case "open" -> assistant.open(setup(command));
      case "close" -> assistant.closeSession();
      case "close-peers" ->
          assistant.closePeers(target(command), command.path("reset").asBoolean(false));
      case "send" -> assistant.send(target(command), message(command));
      case "repeat" ->
          assistant.repeat(
              target(command), message(command), Duration.ofMillis(number(command, "intervalMs")));
      case "repeat-off" -> assistant.stopRepeating();
      case "file-off" -> assistant.stopFile();
      case "rules" -> assistant.setRules(rules(command.path("rules")));
      case "add-peer" ->
          assistant.addPeer(
              new Address(Transport.UDP, text(command, "host"), number(command, "port")));
      case "clear" -> assistant.clear();
      case "reset-counts" -> assistant.resetCounts();
      default -> throw new HttpRefusal(400, "bad-request", "unknown command");
    }
  }

  /** Reads whom a command is for: {@code "all"} or numbers. */
  private static Target target(JsonNode command) throws AssistantException {
    JsonNode to = command.path("to");
    if (to.isString()) {
      return Target.parse(to.asString());
    }
    Set<Integer> numbers = new TreeSet<>();
    to.values().forEach(number -> numbers.add(number.asInt(-1)));
    return new Target(false, numbers);
  }

  private static SessionSetup setup(JsonNode command) throws HttpRefusal {
    Mode mode = Mode.parse(text(command, "mode"));
    SessionSetup setup =
        SessionSetup.of(mode, host(text(command, "host")), number(command, "port"))
            .withReceiveLimit(number(command, "receiveLimit"));
    if (!command.has("remoteHost")) {
      return setup;
    }
    String remoteHost = host(text(command, "remoteHost"));
    return setup.withRemote(new Address(Transport.UDP, remoteHost, number(command, "remotePort")));
  }

  /** People put IPv6 addresses in brackets, and spaces around what they paste. */
  private static String host(String typed) {
    String host = typed.strip();
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static Bytes message(JsonNode command) throws HttpRefusal, AssistantException {
    String typed = text(command, "text");
    Bytes message = bytes(typed, text(command, "as"));
    Bytes ended = message.then(Bytes.utf8(command.path("ending").asString("")));
    return command.has("checksum")
        ? Checksum.parse(text(command, "checksum")).appendedTo(ended)
        : ended;
  }

  private static Bytes bytes(String typed, String as) throws HttpRefusal, AssistantException {
    return switch (as) {
      case "plain" -> Bytes.utf8(typed);
      case "escaped" -> TypedText.parse(typed);
      case "hex" -> HexText.parse(typed);
      default -> throw new HttpRefusal(400, "bad-request", "as: plain, escaped or hex");
    };
  }

  private static List<ReplyPattern> rules(JsonNode array) throws HttpRefusal, AssistantException {
    List<ReplyPattern> rules = new ArrayList<>();
    for (JsonNode rule : array.values()) {
      rules.add(
          new ReplyPattern(
              named(ReplyPattern.When.values(), rule, "when"),
              text(rule, "pattern"),
              named(ReplyPattern.Reply.values(), rule, "reply"),
              bytes(text(rule, "value"), text(rule, "as"))));
    }
    return rules;
  }

  private static <E extends Enum<E>> E named(E[] all, JsonNode node, String key)
      throws HttpRefusal {
    String name = text(node, key);
    for (E one : all) {
      if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
        return one;
      }
    }
    throw new HttpRefusal(400, "bad-request", "unknown \"" + key + "\"");
  }

  private static String text(JsonNode node, String key) throws HttpRefusal {
    JsonNode value = node.path(key);
    if (!value.isString()) {
      throw new HttpRefusal(400, "bad-request", "\"" + key + "\" must be a text");
    }
    return value.asString();
  }

  private static int number(JsonNode node, String key) throws HttpRefusal {
    JsonNode value = node.path(key);
    if (!value.isInt()) {
      throw new HttpRefusal(400, "bad-request", "\"" + key + "\" must be a whole number");
    }
    return value.asInt();
  }
}
