package dev.sockbed.bench.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that becomes part of a page. */
public final class Html {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

  private Html() {}

  /** Data as text between tags or in a quoted attribute: whatever it says, it stays text. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** JSON as the content of a script element: no tag can begin or end in it. */
  public static String inScript(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  /** Puts parts, which are HTML already, into the places of a template; what they hold stays. */
  public static String fill(String template, Map<String, String> parts) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> {
          String part = parts.get(place.group(1));
          if (part == null) {
            throw new IllegalStateException("nothing for the place " + place.group());
          }
          return Matcher.quoteReplacement(part);
        });
  }

  /** The name by which a content security policy knows an inline script or style. */
  public static String policyHash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A file of the resources that stand beside a class. */
  public static String resource(Class<?> beside, String name) {
    try (InputStream stream = beside.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the build left " + name + " out");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
