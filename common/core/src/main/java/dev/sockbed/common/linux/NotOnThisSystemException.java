package dev.sockbed.common.linux;

/** Something was asked for that only Linux has, on another system or without native access. */
public final class NotOnThisSystemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotOnThisSystemException(String what) {
    super(
        what
            + " needs Linux on x86-64 or aarch64, and java --enable-native-access=ALL-UNNAMED;"
            + " this is "
            + System.getProperty("os.name")
            + " on "
            + System.getProperty("os.arch"));
  }
}
