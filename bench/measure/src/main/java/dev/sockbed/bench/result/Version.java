package dev.sockbed.bench.result;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Which build this is. */
public final class Version {
  private static final String RESOURCE = "version.properties";

  private Version() {}

  /** The version, as in {@code 0.1.0}. */
  public static String number() throws IOException {
    return String.valueOf(properties().getProperty("version"));
  }

  /** The commit that it was built from, or null if it was built outside a checkout. */
  public static @Nullable String commit() throws IOException {
    String commit = properties().getProperty("commit", "");
    return commit.isEmpty() || commit.startsWith("$") ? null : commit;
  }

  private static Properties properties() throws IOException {
    try (InputStream resource = Version.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IOException("the build left " + RESOURCE + " out");
      }
      Properties properties = new Properties();
      properties.load(resource);
      return properties;
    }
  }
}
