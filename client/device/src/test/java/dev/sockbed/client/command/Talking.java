package dev.sockbed.client.command;

import dev.sockbed.common.Address;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** {@code sockbed talk} with streams of the test's choice, and what came of it. */
final class Talking {
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final StringWriter errors = new StringWriter();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = collected;
  private boolean inputIsTerminal;
  private boolean outputIsTerminal;

  /** Text to send. */
  Talking input(String text) {
    return input(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes to send. */
  Talking input(byte[] bytes) {
    return input(new ByteArrayInputStream(bytes));
  }

  /** What to send. */
  Talking input(InputStream stream) {
    in = stream;
    return this;
  }

  /** Where the output goes, instead of being collected. */
  Talking output(OutputStream stream) {
    out = stream;
    return this;
  }

  /** A person types. */
  Talking typed() {
    inputIsTerminal = true;
    return this;
  }

  /** A terminal shows the output. */
  Talking shown() {
    outputIsTerminal = true;
    return this;
  }

  /** Runs the command. */
  int to(Address peer, String... options) {
    return to(peer.toString(), options);
  }

  /** Runs the command and gives its exit status. */
  int to(String peer, String... options) {
    TalkCommand talk =
        new TalkCommand(() -> new StandardStreams(in, inputIsTerminal, out, outputIsTerminal));
    CommandLine commandLine = TalkMain.commandLine(talk);
    commandLine.setErr(new PrintWriter(errors, true));
    List<String> arguments = new ArrayList<>(List.of("talk"));
    arguments.addAll(List.of(options));
    arguments.add(peer);
    return commandLine.execute(arguments.toArray(String[]::new));
  }

  /** What came out so far. */
  String output() {
    return collected.toString(StandardCharsets.UTF_8);
  }

  /** What came out so far. */
  byte[] outputBytes() {
    return collected.toByteArray();
  }

  /** What was told on standard error, but for who talks to whom. */
  List<String> notes() {
    return errors.toString().lines().filter(line -> !line.startsWith("talking ")).toList();
  }

  /** All that was told on standard error. */
  String errors() {
    return errors.toString();
  }
}
