package dev.sockbed.client.command;

import dev.sockbed.common.command.EscapedText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts what arrives on standard output. */
final class Display {
  /** The shape of the output. */
  enum Format {
    /** The bytes as they are. */
    RAW,
    /** As text that does a terminal no harm. */
    ESCAPED,
    /** A line of hexadecimal for each receive. */
    HEX
  }

  private final OutputStream out;
  private final Format format;
  private EscapedText text = new EscapedText();

  Display(OutputStream out, Format format) {
    this.out = out;
    this.format = format;
  }

  /**
   * Shows the next bytes of a stream, those between position and limit.
   *
   * @throws IOException if standard output takes no more
   */
  void showPart(ByteBuffer bytes) throws IOException {
    switch (format) {
      case RAW -> writeBytes(bytes);
      case ESCAPED -> write(text.next(bytes));
      case HEX -> write(HexLine.format(bytes) + "\n");
    }
    out.flush();
  }

  /** Shows a whole message, on a line of its own. */
  void showMessage(ByteBuffer bytes) throws IOException {
    boolean endsLine = bytes.hasRemaining() && bytes.get(bytes.limit() - 1) == '\n';
    showPart(bytes);
    endText();
    if (format != Format.HEX && !endsLine) {
      write("\n");
    }
    out.flush();
  }

  /** Shows what was kept back because more of it might have come. */
  void endText() throws IOException {
    write(text.end());
    text = new EscapedText();
    out.flush();
  }

  private void writeBytes(ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.write(copy);
  }

  private void write(String shown) throws IOException {
    out.write(shown.getBytes(StandardCharsets.UTF_8));
  }
}
