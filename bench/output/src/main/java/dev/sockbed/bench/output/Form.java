package dev.sockbed.bench.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A form in which findings are written once they are complete.
 *
 * @param <R> the findings
 */
@FunctionalInterface
public interface Form<R> {
  /** Writes them all, without closing the stream. */
  void write(R findings, OutputStream to) throws IOException;

  /** A form that is text. */
  static <R> Form<R> text(Function<R, String> render) {
    return (findings, to) -> to.write(render.apply(findings).getBytes(StandardCharsets.UTF_8));
  }
}
