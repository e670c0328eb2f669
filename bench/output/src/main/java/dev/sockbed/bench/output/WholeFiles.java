package dev.sockbed.bench.output;

import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files, and standard output, that get findings once they are complete, each in its form. None
 * depends on another: one that can't be written keeps no other from being written.
 *
 * @param <R> the findings
 */
public final class WholeFiles<R> {
  private final List<Entry<R>> entries = new ArrayList<>();
  private @Nullable Form<R> printed;
  private @Nullable String claimedBy;

  private record Entry<R>(String flag, TargetFile file, Form<R> form) {}

  /**
   * Adds a file.
   *
   * @param flag what named it
   * @throws UsageException if another form goes to the same file
   */
  public void add(String flag, TargetFile file, Form<R> form) {
    for (Entry<R> other : entries) {
      if (same(other.file(), file)) {
        throw new UsageException(other.flag() + " and " + flag + " name the same file; name two");
      }
    }
    entries.add(new Entry<>(flag, file, form));
  }

  private static boolean same(TargetFile one, TargetFile other) {
    try {
      return one.replaces(other.path());
    } catch (IOException e) {
      throw one.unwritable(e);
    }
  }

  /**
   * Lets standard output get that form.
   *
   * @throws UsageException if it gets another
   */
  public void print(String flag, Form<R> form) {
    claimOut(flag);
    printed = form;
  }

  /**
   * Takes standard output for something else.
   *
   * @throws UsageException if it is taken already
   */
  public void claimOut(String flag) {
    if (claimedBy != null) {
      throw new UsageException(claimedBy + " - and " + flag + " - both claim standard output");
    }
    claimedBy = flag;
  }

  /** Whether standard output is taken, so that no table goes there. */
  public boolean claimsOut() {
    return claimedBy != null;
  }

  /** Whether nothing was asked for, of any kind. */
  public boolean isEmpty() {
    return entries.isEmpty() && claimedBy == null;
  }

  /** Prints the findings, if a form goes to standard output. */
  public void print(R findings, PrintWriter out) {
    if (printed != null) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        printed.write(findings, bytes);
        out.print(bytes.toString(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException("writing into memory does not fail", e);
      }
    }
    out.flush();
  }

  /**
   * Writes the files.
   *
   * @param failures gets a sentence for each that can't be written
   * @return those that were written
   */
  public List<Path> write(R findings, Collection<String> failures) {
    List<Path> written = new ArrayList<>();
    for (Entry<R> entry : entries) {
      try {
        entry.file().write(stream -> entry.form().write(findings, stream));
        written.add(entry.file().path());
      } catch (MissingException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    return written;
  }
}
