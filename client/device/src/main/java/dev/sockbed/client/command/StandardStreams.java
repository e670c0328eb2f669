package dev.sockbed.client.command;

import dev.sockbed.common.command.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Where a talk's input comes from and its output goes.
 *
 * @param in read by one thread, which nothing can call back while it waits
 * @param inputIsTerminal whether a person types the input
 * @param out tells by an exception that nobody reads any more
 * @param outputIsTerminal whether a terminal would obey control sequences in the output
 */
record StandardStreams(
    InputStream in, boolean inputIsTerminal, OutputStream out, boolean outputIsTerminal) {

  /** Those of this process. {@code System.out} would swallow the exception. */
  static StandardStreams ofProcess() {
    return new StandardStreams(
        System.in,
        Terminal.INPUT.isTerminal(),
        new FileOutputStream(FileDescriptor.out),
        Terminal.OUTPUT.isTerminal());
  }
}
