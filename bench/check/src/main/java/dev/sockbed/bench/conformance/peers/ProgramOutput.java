package dev.sockbed.bench.conformance.peers;

import dev.sockbed.common.command.EscapedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a process prints. All of it is read, so that the process never waits for a reader, and the
 * end of it is kept. One that prints without end is slowed down: it would keep a processor busy,
 * and the reader another.
 */
final class ProgramOutput {
  private static final int KEPT_BYTES = 1_000;
  private static final int LONGEST_LINE = 200;
  private static final int PART_BYTES = 64 << 10;

  /** More than this is not read at any speed, but a part each millisecond. */
  private static final int AT_ANY_SPEED_BYTES = 4 << 20;

  private static final Duration BETWEEN_PARTS = Duration.ofMillis(1);
  private static final Duration LAST_MOMENT = Duration.ofMillis(500);

  private final Process process;
  private final Thread reader;

  // Guarded by this object's own monitor.
  private byte[] kept = {};

  private ProgramOutput(Process process) {
    this.process = process;
    // Reading a process's output holds a virtual thread's carrier, and there may be only two.
    this.reader =
        Thread.ofPlatform().daemon().name("sockbed-check-output").unstarted(this::readAll);
  }

  /** Begins to read. */
  static ProgramOutput of(Process process) {
    ProgramOutput output = new ProgramOutput(process);
    output.reader.start();
    return output;
  }

  private void readAll() {
    byte[] part = new byte[PART_BYTES];
    long total = 0;
    try (InputStream stream = process.getInputStream()) {
      int length;
      while ((length = stream.read(part)) >= 0) {
        keep(part, length);
        total += length;
        if (total > AT_ANY_SPEED_BYTES) {
          Thread.sleep(BETWEEN_PARTS);
        }
      }
    } catch (IOException ended) {
      // The stream of a process that was ended is closed under its reader; nothing is lost.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void keep(byte[] part, int length) {
    byte[] all = Arrays.copyOf(kept, kept.length + length);
    System.arraycopy(part, 0, all, kept.length, length);
    kept = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT_BYTES), all.length);
  }

  /** The last line, escaped; clipped if it is long, and empty if there is none. */
  String lastLine() {
    if (!process.isAlive()) {
      awaitReader();
    }
    String text = new String(end(), StandardCharsets.UTF_8).strip();
    String last = text.lines().reduce((_, line) -> line).orElse("");
    String clipped =
        last.length() <= LONGEST_LINE ? last : "… " + last.substring(last.length() - LONGEST_LINE);
    return EscapedText.of(clipped.getBytes(StandardCharsets.UTF_8));
  }

  /** Its last words may still be on their way. Whoever inherited its output may keep it open. */
  private void awaitReader() {
    try {
      reader.join(LAST_MOMENT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized byte[] end() {
    return kept;
  }
}
