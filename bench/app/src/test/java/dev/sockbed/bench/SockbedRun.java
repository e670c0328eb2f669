package dev.sockbed.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * The command line run in this JVM: for what ends before anything of the whole process is touched,
 * as wrong usage does.
 *
 * @param status its exit status
 * @param output what it printed on standard output
 * @param errors what it printed on standard error
 * @see SockbedProcess
 */
public record SockbedRun(int status, String output, String errors) {
  /** Runs {@code sockbed} with arguments to its end. */
  public static SockbedRun of(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine commandLine = Sockbed.commandLineFor(arguments);
    commandLine.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));
    int status = commandLine.execute(arguments);
    return new SockbedRun(status, output.toString(), errors.toString());
  }
}
