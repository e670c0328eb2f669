package dev.sockbed.common.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The sources that a test belongs to, wherever its module stands in them. */
public final class Checkout {
  private static final Path TOP = top(Path.of("").toAbsolutePath());

  private Checkout() {}

  /**
   * A file or folder of the checkout, by its path from the top; an empty path is the top itself.
   */
  public static Path path(String name) {
    return TOP.resolve(name);
  }

  private static Path top(Path folder) {
    if (Files.exists(folder.resolve("sockbed")) && Files.exists(folder.resolve("pom.xml"))) {
      return folder;
    }
    Path parent = folder.getParent();
    if (parent == null) {
      throw new IllegalStateException("a test runs in a folder of its checkout");
    }
    return top(parent);
  }
}
