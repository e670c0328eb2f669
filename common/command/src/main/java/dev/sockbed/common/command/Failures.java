package dev.sockbed.common.command;

import dev.sockbed.common.AddressSyntaxException;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a failed command's user, in one line on standard error, what was wrong. */
public final class Failures {
  private Failures() {}

  /** Makes a command line, and its subcommands, tell failures in this way. */
  public static void register(CommandLine commandLine) {
    commandLine.setParameterExceptionHandler(
        (exception, _) -> wrongUsage(exception.getCommandLine(), exception));
    commandLine.setExecutionExceptionHandler((exception, command, _) -> failed(exception, command));
    commandLine.setExitCodeExceptionMapper(_ -> ExitStatus.FAULT);
  }

  private static int failed(Exception exception, CommandLine command) throws Exception {
    return switch (exception) {
      case SocketFailure e -> tell(command, e.getMessage(), ExitStatus.of(e.error()));
      case NetworkException e -> tell(command, e.getMessage(), ExitStatus.NETWORK);
      case MissingException e -> tell(command, e.getMessage(), ExitStatus.MISSING);
      case NotOnThisSystemException e -> tell(command, e.getMessage(), ExitStatus.MISSING);
      case NotPermittedException e -> tell(command, e.getMessage(), ExitStatus.MISSING);
      case UsageException e -> wrongUsage(command, e);
      case AddressSyntaxException e -> wrongUsage(command, e);
      case InvalidPathException e -> tell(command, whatIsWrongWith(e), ExitStatus.USAGE);
      case FileSystemException e -> tell(command, whatIsWrongWith(e), ExitStatus.USAGE);
      case UncheckedIOException e -> failed(Objects.requireNonNull(e.getCause()), command);
      default -> throw exception; // A fault in the program: the stack trace is what helps.
    };
  }

  private static int wrongUsage(CommandLine command, Exception exception) {
    String help = command.getCommandSpec().qualifiedName() + " --help";
    String advice = nearestTo(exception) + " (see " + help + ")";
    return tell(command, exception.getMessage() + advice, ExitStatus.USAGE);
  }

  private static String nearestTo(Exception exception) {
    return exception instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? "; did you mean " + unmatched.getSuggestions().getFirst() + "?"
        : "";
  }

  /** The JVM writes the names of files in its locale's encoding, which the launcher sees to. */
  static String whatIsWrongWith(InvalidPathException exception) {
    return exception.getInput()
        + " can't be the name of a file: "
        + exception.getReason()
        + "; names outside ASCII need a locale of UTF-8, such as LC_ALL=C.UTF-8";
  }

  private static String whatIsWrongWith(FileSystemException exception) {
    String fault =
        switch (exception) {
          case NoSuchFileException _ -> "no such file or folder";
          case AccessDeniedException _ -> "permission denied";
          case FileAlreadyExistsException _ -> "exists already";
          case NotDirectoryException _ -> "not a folder";
          default -> String.valueOf(exception.getReason());
        };
    return exception.getFile() + ": " + fault;
  }

  /**
   * Tells a failure in one line on standard error, after the command's name.
   *
   * @return the status
   */
  public static int tell(CommandLine command, @Nullable String message, int status) {
    String oneLine = String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine);
    command.getErr().flush();
    return status;
  }
}
