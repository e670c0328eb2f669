package dev.sockbed.server.assistant.script;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Fault;
import dev.sockbed.server.assistant.Follower;
import java.io.BufferedReader;
import java.io.IOException;
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
   * Runs a whole script or transcript, after checking all of it.
   *
   * @param name what faults are told of
   * @return an {@link ExitStatus}: {@code BAD_ANSWER} if an expectation was not met
   */
  public int run(String name, List<String> lines) throws InterruptedException {
    try (Commander commander = new Commander(assistant);
        Follower _ = printing()) {
      List<String> script =
          TranscriptFile.isTranscript(lines) ? Replay.script(TranscriptFile.read(lines)) : lines;
      for (CommandParser.NumberedCommand command : CommandParser.parseAll(script)) {
        int status = run(commander, name, command);
        if (status != ExitStatus.OK) {
          return status;
        }
      }
      return ExitStatus.OK;
    } catch (ScriptSyntaxException e) {
      return fail(ExitStatus.USAGE, name + ": " + e.getMessage());
    }
  }

  /**
   * Runs commands as they come, a line each.
   *
   * @return as for {@link #run}
   */
  public int runLines(String name, BufferedReader lines) throws IOException, InterruptedException {
    lines.mark(1);
    boolean isJson = lines.read() == '{';
    lines.reset();
    if (isJson) {
      return run(name, lines.lines().toList());
    }
    try (Commander commander = new Commander(assistant);
        Follower _ = printing()) {
      String line;
      for (int number = 1; (line = lines.readLine()) != null; number++) {
        int status = runLine(commander, name, number, line);
        if (status != ExitStatus.OK) {
          return status;
        }
      }
      return ExitStatus.OK;
    }
  }

  private int runLine(Commander commander, String name, int number, String line)
      throws InterruptedException {
    try {
      Command command = CommandParser.parse(line);
      return command == null
          ? ExitStatus.OK
          : run(commander, name, new CommandParser.NumberedCommand(number, line, command));
    } catch (ScriptSyntaxException e) {
      return fail(ExitStatus.USAGE, name + ": line " + number + ": " + e.getMessage());
    }
  }

  private int run(Commander commander, String name, CommandParser.NumberedCommand numbered)
      throws InterruptedException {
    String where = name + ": line " + numbered.line() + ": ";
    try {
      commander.run(numbered.command());
      return ExitStatus.OK;
    } catch (ExpectationException e) {
      return fail(ExitStatus.BAD_ANSWER, where + e.getMessage());
    } catch (AssistantException e) {
      int status = e.fault() == Fault.NETWORK ? ExitStatus.NETWORK : ExitStatus.BAD_ANSWER;
      return fail(status, where + e.text());
    }
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
