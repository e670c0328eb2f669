package dev.sockbed.common.linux;

/** Whether this room can do anything in this process. */
final class NativeAccess {
  private NativeAccess() {}

  /**
   * Whether this is a Linux that {@link Libc} knows, and the process was started with {@code
   * --enable-native-access}, without which the JDK would warn or refuse.
   */
  static boolean isThere() {
    String architecture = System.getProperty("os.arch");
    return NativeAccess.class.getModule().isNativeAccessEnabled()
        && System.getProperty("os.name").equals("Linux")
        && (architecture.equals("amd64") || architecture.equals("aarch64"));
  }
}
