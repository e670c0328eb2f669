package dev.sockbed.server.assistant.script;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Fault;
import dev.sockbed.server.assistant.Follower;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

/** Runs scripts and replays transcripts; prints the rows as they come. */
public final class ScriptRunner {
  private final Assistant assistant;
  private final PrintWriter out;
  private final Consumer<String> problems;

  /**
   * Runs with an assistant that has nothing open.
   *
   * @param out where the rows go
   * @param problems is told, in one line, why a script failed
   */
  public ScriptRunner(Assistant assistant, PrintWriter out, Consumer<String> problems) {
    this.assistant = assistant;
    this.out = out;
    this.problems = problems;
  }

  /**
   * Runs a whole script or transcript, after checking all of it. What it sends is sent, or given up
   * because a peer does not read, when this returns {@code OK}.
   *
   * @param name what faults are told of
   * @return an {@link ExitStatus}: {@code BAD_ANSWER} if an expectation was not met, {@code
   *     NETWORK} if something that the script had sent was not
   */
  public int run(String name, List<String> lines) throws InterruptedException {
    try (Commander commander = new Commander(assistant);
        Follower _ = printing()) {
      List<String> script =
          TranscriptFile.isTranscript(lines) ? Replay.script(TranscriptFile.read(lines)) : lines;
      for (CommandParser.NumberedCommand command : CommandParser.parseAll(script)) {
        int status = run(commander, name + ": line " + command.line() + ": ", command.command());
        if (status != ExitStatus.OK) {
          return status;
        }
      }
      assistant.stopRepeating();
      assistant.awaitSent();
      return ExitStatus.OK;
    } catch (ScriptSyntaxException e) {
      return fail(ExitStatus.USAGE, name + ": " + e.getMessage());
    } catch (AssistantException e) {
      return fail(status(e), name + ": after the last line: " + e.text());
    }
  }

  private int run(Commander commander, String where, Command command) throws InterruptedException {
    try {
      finishBefore(command);
      commander.run(command);
      return ExitStatus.OK;
    } catch (ExpectationException e) {
      return unmet(where, e);
    } catch (AssistantException e) {
      return fail(status(e), where + e.text());
    }
  }

  /**
   * Waits for what earlier lines began, if this one ends it, needs its result, or queues more of
   * it.
   *
   * @throws AssistantException if something was not sent
   */
  private void finishBefore(Command command) throws AssistantException, InterruptedException {
    switch (command) {
      case Command.CloseSession _,
          Command.SendFile _,
          Command.Save _,
          Command.Clear _,
          Command.ResetCounts _ ->
          assistant.awaitSent();
      case Command.ClosePeers close when !close.reset() -> assistant.awaitSent();
      case Command.Send _, Command.Repeat _ -> assistant.awaitRoom();
      default -> assistant.checkSent();
    }
  }

  /** What did not come may not have been asked for: then that is what is wrong. */
  private int unmet(String where, ExpectationException e) {
    try {
      assistant.checkSent();
      return fail(ExitStatus.BAD_ANSWER, where + e.getMessage());
    } catch (AssistantException notSent) {
      return fail(status(notSent), where + notSent.text() + "; then " + e.getMessage());
    }
  }

  private static int status(AssistantException e) {
    return e.fault() == Fault.NETWORK ? ExitStatus.NETWORK : ExitStatus.BAD_ANSWER;
  }

  private int fail(int status, String message) {
    problems.accept(message);
    return status;
  }

  private Follower printing() {
    return new Follower(
        assistant.transcript(),
        (rows, missed) -> {
          if (missed > 0) {
            out.println("# " + missed + " rows came too fast to print");
          }
          rows.forEach(row -> out.println(TranscriptFile.text(row)));
          out.flush();
        });
  }
}
