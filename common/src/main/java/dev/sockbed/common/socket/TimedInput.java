package dev.sockbed.common.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The JDK's timed read, which takes arrays only. */
final class TimedInput {
  private final InputStream stream;
  private byte[] bytes = {};

  TimedInput(InputStream stream) {
    this.stream = stream;
  }

  /** Reads as many bytes as there are and the buffer takes; -1 at the end of the stream. */
  int receive(ByteBuffer buffer) throws IOException {
    int most = buffer.remaining();
    if (bytes.length < most) {
      bytes = new byte[most];
    }
    int received = stream.read(bytes, 0, most);
    if (received > 0) {
      buffer.put(bytes, 0, received);
    }
    return received;
  }
}
