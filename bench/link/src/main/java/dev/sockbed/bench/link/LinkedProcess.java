package dev.sockbed.bench.link;

import dev.sockbed.common.SearchPath;
import dev.sockbed.common.command.ShutdownHook;
import dev.sockbed.common.command.StandardInput;
import dev.sockbed.common.command.Terminal;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Other people's programs at the ends of a {@link TunLink}. They end when this process does,
 * however it ends, and so do processes that they started: where there are {@code setpriv(1)} and
 * {@code unshare(1)}, the system sees to that.
 */
public final class LinkedProcess {
  private static final File NO_INPUT = new File("/dev/null");
  private static final String PEER_VARIABLE = "SOCKBED_LINK_PEER";

  /**
   * The first of the command's processes; when it ends, the system ends all others. The command is
   * not it, since the system keeps signals from the first one.
   */
  private static final String FIRST_PROCESS = "trap : INT QUIT; \"$@\"; exit $?";

  /**
   * The system ends it with this process only from the moment on that it was told to; so it looks
   * whether this process, whose number it is given, is still its parent.
   */
  private static final String OURS = "[ \"$PPID\" = \"$0\" ] || exit 1; exec \"$@\"";

  private static final int GRACE_SECONDS = 2;
  private static final int INTERRUPTED = 130;

  private LinkedProcess() {}

  /**
   * Runs a command at the client's end, with this process's input and output, until it ends.
   *
   * @param peer a command line to run at the server's end meanwhile, or null
   * @return the command's exit status
   * @throws IOException if one of them can't be started
   */
  public static int run(TunLink link, List<String> command, @Nullable String peer)
      throws IOException {
    Process far = null;
    try {
      if (peer != null) {
        far = link.inServer(() -> start(List.of("sh", "-c", peer)));
      }
      return await(link.inClient(() -> start(command)));
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof IOException notStarted) {
        throw notStarted;
      }
      throw e;
    } finally {
      if (far != null) {
        end(far);
      }
    }
  }

  private static Process start(List<String> command) throws IOException {
    List<String> bound = new ArrayList<>();
    SearchPath path = SearchPath.ofThisProcess();
    if (path.find("setpriv").isPresent() && path.find("unshare").isPresent()) {
      bound.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--"));
      bound.addAll(List.of("sh", "-c", OURS, String.valueOf(ProcessHandle.current().pid())));
      bound.addAll(List.of("unshare", "--pid", "--fork", "--kill-child=KILL", "--"));
      bound.addAll(List.of("sh", "-c", FIRST_PROCESS, "sh"));
    }
    bound.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(bound).inheritIO();
    if (StandardInput.isMissing()) {
      builder.redirectInput(NO_INPUT);
    }
    builder.environment().put(PEER_VARIABLE, TunLink.SERVER_ADDRESS);
    return builder.start();
  }

  private static int await(Process process) {
    // Ctrl-C goes to the command too, and is the command's to answer: a shell stays, and so do we.
    Thread hook = Thread.ofPlatform().unstarted(() -> awaitOrEnd(process));
    ShutdownHook.add(hook);
    try {
      int status = process.waitFor();
      ShutdownHook.remove(hook);
      return status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(process);
      return INTERRUPTED;
    }
  }

  private static void awaitOrEnd(Process process) {
    if (Terminal.INPUT.isTerminal()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    end(process);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
