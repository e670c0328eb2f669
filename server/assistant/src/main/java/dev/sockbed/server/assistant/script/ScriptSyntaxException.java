package dev.sockbed.server.assistant.script;

/** A line that is no command. Its message says what is wrong with it. */
public final class ScriptSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param message what is wrong and what would be right, in one line
   */
  public ScriptSyntaxException(String message) {
    super(message);
  }

  /** The same, with the line's number put before it. */
  ScriptSyntaxException atLine(int line) {
    return new ScriptSyntaxException("line " + line + ": " + getMessage());
  }
}
