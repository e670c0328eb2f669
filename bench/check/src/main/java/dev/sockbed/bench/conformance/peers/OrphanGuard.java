package dev.sockbed.bench.conformance.peers;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends the programs that this process has started, and theirs, when it is killed (SIGKILL) and
 * can't do it itself: a shell that waits for the end of a pipe, of which this process has the other
 * end, and then looks for the mark in the environment of each process. Where there is no /proc,
 * nobody does.
 */
final class OrphanGuard {
  private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

  /** The processes of a terminal all get its signals; this one is not to end before ours. */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      while read -r nothing; do :; done
      for process in /proc/[0-9]*; do
        if grep -qsF "$0" "$process/environ"; then kill -KILL "${process#/proc/}" 2>/dev/null; fi
      done
      """;

  private final String mark;

  /** Held, since its pipe is closed with it; null if it can't be started. */
  private @Nullable Process shell;

  OrphanGuard(String mark) {
    this.mark = mark;
  }

  /**
   * Puts the mark into the environment of a process that is to be started, and watches from now.
   */
  synchronized void mark(Map<String, String> environment) {
    environment.put(mark, "1");
    if (Files.exists(ENVIRONMENT) && (shell == null || !shell.isAlive())) {
      try {
        shell =
            new ProcessBuilder("sh", "-c", SCRIPT, mark + "=1")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
      } catch (IOException e) {
        System.Logger log = System.getLogger(OrphanGuard.class.getName());
        log.log(System.Logger.Level.DEBUG, "there is no sh to end what a killed checker leaves", e);
      }
    }
  }
}
