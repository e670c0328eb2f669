package dev.sockbed.bench.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sentences of {@code docs/protocol.md}, by their IDs. */
public final class Protocol {
  private static final String RESOURCE = "protocol.md";

  /** {@code - **echo/tcp/1.1** The server MUST …}, to the next item or the end of the paragraph. */
  private static final Pattern ITEM =
      Pattern.compile(
          "^- \\*\\*([a-z]+(?:/[a-z]+)?/\\d+\\.\\d+)\\*\\* (.+?)(?=\\n-|\\n\\n|\\z)",
          Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern LEVEL = Pattern.compile("\\b(MUST|SHOULD|MAY)\\b");

  private final Map<String, Rule> rules;

  private Protocol(Map<String, Rule> rules) {
    this.rules = Collections.unmodifiableMap(rules);
  }

  /** The document that this build was made with. */
  public static Protocol ofThisBuild() {
    try (InputStream resource = Protocol.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("the build left " + RESOURCE + " out");
      }
      return parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if an ID is there twice, or a sentence demands nothing
   */
  public static Protocol parse(String document) {
    Map<String, Rule> rules = new LinkedHashMap<>();
    Matcher item = ITEM.matcher(document);
    while (item.find()) {
      String sentence = item.group(2).strip().replaceAll("\\s+", " ");
      Matcher level = LEVEL.matcher(sentence);
      if (!level.find()) {
        throw new IllegalArgumentException(item.group(1) + " has no MUST, SHOULD or MAY");
      }
      Rule rule = new Rule(item.group(1), Level.valueOf(level.group(1)), sentence);
      if (rules.put(rule.id(), rule) != null) {
        throw new IllegalArgumentException(rule.id() + " is there twice");
      }
    }
    return new Protocol(rules);
  }

  /** All sentences, in the document's order. */
  public Collection<Rule> rules() {
    return rules.values();
  }

  /**
   * The sentence of that ID.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Rule rule(String id) {
    Rule rule = rules.get(id);
    if (rule == null) {
      throw new IllegalArgumentException("the protocol has no sentence " + id);
    }
    return rule;
  }

  /** The sentences of one level. */
  public Stream<Rule> of(Level level) {
    return rules().stream().filter(rule -> rule.level() == level);
  }
}
