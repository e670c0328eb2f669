package dev.sockbed.server.assistant;

/** What a peer can be sent. */
sealed interface Outgoing permits Outgoing.Message, Outgoing.File {

  /** How much room it takes while it waits, in bytes. */
  int waitingBytes();

  /**
   * Bytes that are sent at once: over UDP, one datagram.
   *
   * @param automatic whether a rule sends them
   */
  record Message(Bytes bytes, boolean automatic) implements Outgoing {
    @Override
    public int waitingBytes() {
      return bytes.length();
    }
  }

  /** A file, read while it is sent. */
  record File(FileTransfer transfer) implements Outgoing {
    @Override
    public int waitingBytes() {
      return 0;
    }
  }
}
