package dev.sockbed.common.linux;

import java.lang.reflect.InvocationTargetException;
import java.nio.channels.Channel;
import java.util.OptionalInt;

/**
 * The number of a JDK channel's file descriptor. The JDK keeps it in a package that it does not
 * export; {@code --add-exports java.base/sun.nio.ch=ALL-UNNAMED}, or {@code Add-Exports} in the
 * manifest of the jar that is run, opens it.
 */
final class Descriptor {
  private Descriptor() {}

  /** The descriptor, or empty if the JDK does not tell, or nothing could be done with it here. */
  static OptionalInt of(Channel channel) {
    if (!NativeAccess.isThere()) {
      return OptionalInt.empty();
    }
    try {
      Object number = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal").invoke(channel);
      return OptionalInt.of((Integer) number);
    } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException notTold) {
      return OptionalInt.empty();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
