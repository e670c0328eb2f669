package dev.sockbed.common.testing;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Holds that each test class says by one tag what kind of test it is, and so when it is run; {@code
 * CONTRIBUTING.md} tells them apart. JUnit finds it by itself, in {@code META-INF/services}, in all
 * modules.
 */
public final class OneKind implements BeforeAllCallback {
  /** The tags of which a class has one. */
  public static final Set<String> KINDS =
      Set.of("unit", "socket", "process", "browser", "timing", "soak");

  @Override
  public void beforeAll(ExtensionContext context) {
    require(context.getDisplayName(), context.getTags());
  }

  /**
   * Throws unless exactly one of the tags is a kind.
   *
   * @param name of the test class, for the message
   */
  static void require(String name, Set<String> tags) {
    Set<String> kinds = new TreeSet<>(tags);
    kinds.retainAll(KINDS);
    if (kinds.size() != 1) {
      throw new ExtensionConfigurationException(
          "%s has the tags %s, and must have exactly one of %s"
              .formatted(name, new TreeSet<>(tags), new TreeSet<>(KINDS)));
    }
  }
}
