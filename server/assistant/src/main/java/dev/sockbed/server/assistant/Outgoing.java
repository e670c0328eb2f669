package dev.sockbed.server.assistant;

/** What a peer can be sent. */
sealed interface Outgoing permits Outgoing.Message, Outgoing.File {
  /** How much room it takes while it waits, in bytes. */
  int waitingBytes();

  /** Whether somebody asked for it now, who wants to know if it was not sent. */
  boolean isAsked();

  /** Who has a message sent. */
  enum By {
    /** A person, or a line of a script. */
    REQUEST,
    /** A repetition, after its first message. */
    REPETITION,
    /** A rule. */
    RULE
  }

  /** Bytes that are sent at once: over UDP, one datagram. */
  record Message(Bytes bytes, By by) implements Outgoing {
    @Override
    public int waitingBytes() {
      return bytes.length();
    }

    @Override
    public boolean isAsked() {
      return by == By.REQUEST;
    }
  }

  /** A file, read while it is sent. */
  record File(FileTransfer transfer) implements Outgoing {
    @Override
    public int waitingBytes() {
      return 0;
    }

    @Override
    public boolean isAsked() {
      return true;
    }
  }
}
