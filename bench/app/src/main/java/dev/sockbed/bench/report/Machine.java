package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Results;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Where results were measured, as far as they tell. */
final class Machine {
  private Machine() {}

  /** The machine in a line, as in {@code 2 processors (model), Linux 6.1.0, Java 25.0.3+9}. */
  static String words(Results results) {
    JsonNode environment = results.environment();
    JsonNode processors = environment.path("cpu").path("processors");
    String cpu =
        processors.isInt()
            ? processors.intValue() + (processors.intValue() == 1 ? " processor" : " processors")
            : "";
    String model = text(environment.path("cpu").path("model"));
    String os = text(environment.path("os").path("name"));
    String osVersion = text(environment.path("os").path("version"));
    String java = text(environment.path("jvm").path("version"));
    return String.join(
        ", ",
        Stream.of(
                cpu + (model.isEmpty() ? "" : " (" + model + ")"),
                (os + " " + osVersion).strip(),
                java.isEmpty() ? "" : "Java " + java)
            .filter(part -> !part.isBlank())
            .toList());
  }

  /** What makes it a bad one to measure on, in sentences that begin with a capital. */
  static List<String> warnings(Results results) {
    return results
        .environment()
        .path("warnings")
        .valueStream()
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .filter(warning -> !warning.isBlank())
        .map(warning -> warning.substring(0, 1).toUpperCase(Locale.ROOT) + warning.substring(1))
        .toList();
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue().strip() : "";
  }
}
