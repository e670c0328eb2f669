package dev.sockbed.server.assistant;

import java.util.Locale;

/** What a row of the transcript tells of. */
public enum RowKind {
  /** The session was opened. */
  OPENED,
  /** The session was closed. */
  CLOSED,
  /** A peer connected, or was heard of for the first time. */
  CONNECTED,
  /** A peer is gone; the note says why. */
  DISCONNECTED,
  /** One receive gave these bytes. */
  RECEIVED,
  /** These bytes were sent. */
  SENT,
  /** A file was sent, or broken off; the note says which and how much. */
  FILE,
  /** Something worth knowing. */
  NOTE,
  /** Something failed. */
  ERROR;

  /** The name in files and on the wire. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a label.
   *
   * @throws IllegalArgumentException if there is no such kind
   */
  public static RowKind parse(String label) {
    for (RowKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("not a kind of row: '" + label + "'");
  }
}
