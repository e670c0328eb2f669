package dev.sockbed.client.command;

import dev.sockbed.common.command.UsageException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Standard input taken apart into lines of bytes, none of them longer than a bound. */
final class InputLines {
  private final InputStream in;
  private final int longest;
  private int number;

  /**
   * @param longest bytes, without the line feed
   */
  InputLines(InputStream in, int longest) {
    this.in = new BufferedInputStream(in);
    this.longest = longest;
  }

  /**
   * Waits for the next line.
   *
   * @return the line without its line feed; the last one may have had none; null at the end
   * @throws UsageException if the line is longer than the bound
   */
  byte @Nullable [] next() throws IOException {
    int read = in.read();
    if (read < 0) {
      return null;
    }
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (read >= 0 && read != '\n') {
      if (line.size() == longest) {
        throw new UsageException(
            "standard input, line " + number + ": longer than " + longest + " bytes");
      }
      line.write(read);
      read = in.read();
    }
    return line.toByteArray();
  }

  /** Which line was read last, from 1. */
  int number() {
    return number;
  }
}
