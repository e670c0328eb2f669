package dev.sockbed.client.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Messages to exchange. */
public final class Messages {
  private Messages() {}

  /** A buffer with the UTF-8 bytes of a text, to be sent. */
  public static ByteBuffer message(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A buffer with that many random bytes, always the same ones, to be sent. */
  public static ByteBuffer random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return ByteBuffer.allocateDirect(length).put(bytes).flip();
  }

  /** What was put into a reply's buffer, as text. */
  public static String text(ByteBuffer reply) {
    return new String(bytes(reply), StandardCharsets.UTF_8);
  }

  /** What was put into a reply's buffer: the bytes before its position. */
  public static byte[] bytes(ByteBuffer reply) {
    byte[] bytes = new byte[reply.position()];
    reply.get(0, bytes);
    return bytes;
  }

  /** The bytes of a message that is to be sent. */
  public static byte[] content(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(message.position(), bytes);
    return bytes;
  }
}
