package dev.sockbed.bench.report;

import dev.sockbed.bench.output.TargetFile;
import dev.sockbed.common.command.MissingException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that grows line by line. What was in it before is kept until there is something new. */
final class LinesFile implements Closeable {
  private final TargetFile file;
  private @Nullable OutputStream stream;
  private @Nullable MissingException failure;

  LinesFile(TargetFile file) {
    this.file = file;
  }

  Path path() {
    return file.path();
  }

  /**
   * Adds text, which is there when this returns.
   *
   * @throws MissingException if that is not possible; and ever after, for lines would be missing
   */
  void add(String text) {
    if (failure != null) {
      throw failure;
    }
    try {
      if (stream == null) {
        stream = file.stream();
      }
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      failure = file.unwritable(e);
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    if (stream != null && failure == null) {
      stream.close();
    }
  }
}
