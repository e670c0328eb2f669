package dev.sockbed.client.device;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the board shows what it receives. */
@FunctionalInterface
public interface Screen {
  /**
   * Shows what one receive gave.
   *
   * @param received the bytes between position and limit
   * @throws IOException if they can't be shown
   */
  void show(ByteBuffer received) throws IOException;
}
