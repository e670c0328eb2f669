package dev.sockbed.server.assistant.console;

import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.AssistantState;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.Follower;
import dev.sockbed.server.assistant.PeerSnapshot;
import dev.sockbed.server.assistant.Row;
import dev.sockbed.server.assistant.script.Command;
import dev.sockbed.server.assistant.script.CommandParser;
import dev.sockbed.server.assistant.script.Commander;
import dev.sockbed.server.assistant.script.ExpectationException;
import dev.sockbed.server.assistant.script.ScriptSyntaxException;
import dev.sockbed.server.assistant.script.TranscriptFile;
import java.io.Closeable;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/** Reads commands from a terminal, and shows rows above the line that is being typed. */
public final class Console implements Closeable {
  /** What the console understands besides the script language. */
  static final List<String> OWN_COMMANDS =
      List.of(
          "help                           these lines",
          "peers                          who is there",
          "status                         what is open, and totals",
          "view text|hex|both             how bytes are shown",
          "search TEXT                    the rows that contain it",
          "pause                          show no rows until: resume",
          "resume",
          "quit                           or Ctrl-D");

  /** A terminal that JLine knows not to understand the questions, and so asks none. */
  private static final String UNASKED = "Apple_Terminal";

  private static final String PROMPT = "assistant> ";
  private static final String STATUS_WIDGET = "sockbed-status";
  private static final int MOST_FOUND = 200;

  private final Assistant assistant;
  private final Terminal terminal;
  private final LineReader reader;
  private final Commander commander;
  private final Follower follower;
  private final Object pausing = new Object();
  private volatile RowLine.BytesAs view = RowLine.BytesAs.TEXT;
  private volatile boolean paused;

  /**
   * Opens the terminal that the process was started from.
   *
   * @throws IOException if it can't be used
   */
  public Console(Assistant assistant) throws IOException {
    this.assistant = assistant;
    this.terminal =
        TerminalBuilder.builder()
            .name("sockbed")
            .system(true)
            .dumb(true)
            // JLine asks a terminal what it can, and takes all that comes for the answer: what was
            // typed ahead is lost, and an answer that is late becomes part of a command.
            .env(name -> name.equals("TERM_PROGRAM") ? UNASKED : System.getenv(name))
            .graphemeCluster(false)
            .build();
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .completer(new CommandCompleter(assistant))
            // Text that is sent may have exclamation marks, which here mean nothing else.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    // As a widget it holds the reader's lock: rows come while somebody types, and what two threads
    // write at once is garbled.
    reader.getWidgets().put(STATUS_WIDGET, this::updateStatus);
    this.commander = new Commander(assistant);
    this.follower = new Follower(assistant.transcript(), this::show);
  }

  /** Reads and does commands until the person quits. */
  public void run() {
    print("type help for the commands, Tab completes them, Ctrl-D quits");
    boolean going = true;
    while (going) {
      updateStatus();
      try {
        going = handle(reader.readLine(PROMPT).strip());
      } catch (UserInterruptException e) {
        // Ctrl-C gives the line up; on an empty line it quits, as people expect.
        going = !e.getPartialLine().isEmpty();
      } catch (EndOfFileException e) {
        going = false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        going = false;
      }
    }
  }

  @Override
  public void close() throws IOException {
    commander.close();
    follower.close();
    Status status = Status.getStatus(terminal, false);
    if (status != null) {
      status.close();
    }
    terminal.close();
  }

  private boolean handle(String line) throws InterruptedException {
    String[] words = line.split("\\s+", 2);
    String rest = words.length == 2 ? words[1] : "";
    switch (words[0]) {
      case "quit", "exit" -> {
        return false;
      }
      case "help" -> help();
      case "peers" -> peers();
      case "status" -> print(status());
      case "view" -> view(rest);
      case "search" -> search(rest);
      case "pause" -> pause();
      case "resume" -> resume();
      default -> run(line);
    }
    return true;
  }

  private void run(String line) throws InterruptedException {
    try {
      Command command = CommandParser.parse(line);
      if (command != null) {
        String said = commander.run(command);
        if (!said.isEmpty()) {
          print(said);
        }
      }
    } catch (ScriptSyntaxException | ExpectationException e) {
      print("error: " + e.getMessage());
    } catch (AssistantException e) {
      print("error: " + e.text());
    }
  }

  private void help() {
    CommandParser.GRAMMAR.forEach(this::print);
    OWN_COMMANDS.forEach(this::print);
    print("TEXT is a word or \"in quotes\", with escapes \\n \\r \\t \\0 \\x41 \\u{4e2d}");
  }

  private void peers() {
    List<PeerSnapshot> peers = assistant.state().peers();
    if (peers.isEmpty()) {
      print("nobody is there");
    }
    for (PeerSnapshot peer : peers) {
      print(
          "%3d %-40s since %s  in %d B / %d  out %d B / %d  %s%s"
              .formatted(
                  peer.number(),
                  peer.address(),
                  peer.since().atZone(ZoneId.systemDefault()).toLocalTime(),
                  peer.bytesIn(),
                  peer.messagesIn(),
                  peer.bytesOut(),
                  peer.messagesOut(),
                  peer.state().label(),
                  peer.waitingBytes() > 0 ? ", " + peer.waitingBytes() + " B wait" : ""));
    }
  }

  private String status() {
    AssistantState state = assistant.state();
    String open =
        state.setup() == null
            ? "nothing is open"
            : state.setup().mode().label() + " " + state.localAddress();
    return "%s | peers %d | in %d B / %d | out %d B / %d | cut %d | send to: %s%s"
        .formatted(
            open,
            state.peers().size(),
            state.totals().bytesIn(),
            state.totals().receives(),
            state.totals().bytesOut(),
            state.totals().sends(),
            state.totals().cut(),
            commander.picked(),
            paused ? " | paused" : "");
  }

  private void view(String wanted) {
    try {
      view = RowLine.BytesAs.valueOf(wanted.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      print("error: write view text, view hex or view both");
    }
  }

  private void search(String text) {
    List<Row> found =
        assistant.transcript().rows().stream()
            .filter(row -> TranscriptFile.text(row).contains(text))
            .toList();
    found.stream()
        .skip(Math.max(0, found.size() - MOST_FOUND))
        .forEach(row -> reader.printAbove(line(row)));
    print(found.size() + " rows contain it");
  }

  private void pause() {
    paused = true;
    print("paused; resume shows what came meanwhile");
  }

  private void resume() {
    synchronized (pausing) {
      paused = false;
      pausing.notifyAll();
    }
  }

  private void show(List<Row> rows, long missed) {
    synchronized (pausing) {
      try {
        while (paused) {
          pausing.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (missed > 0) {
      print("... " + missed + " rows came too fast to show");
    }
    rows.forEach(row -> reader.printAbove(line(row)));
    try {
      reader.callWidget(STATUS_WIDGET);
    } catch (IllegalStateException nobodyTypesNow) {
      // The line is written before the next command is read, or when the next rows come.
      return;
    }
  }

  private AttributedString line(Row row) {
    return RowLine.of(row, ZoneId.systemDefault(), view);
  }

  private void print(String text) {
    // What a peer or a person typed may be in it.
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(character -> {
          if (Character.isISOControl(character)) {
            safe.append(Bytes.utf8(Character.toString(character)));
          } else {
            safe.appendCodePoint(character);
          }
        });
    reader.printAbove(safe.toString());
  }

  private boolean updateStatus() {
    Status status = Status.getStatus(terminal);
    if (status != null) {
      status.update(List.of(new AttributedString(status())));
    }
    return status != null;
  }
}
