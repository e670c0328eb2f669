package dev.sockbed.server.assistant.script;

/** What was expected did not come in time. Its message says what came instead. */
public final class ExpectationException extends Exception {
  private static final long serialVersionUID = 1;

  ExpectationException(String message) {
    super(message);
  }
}
