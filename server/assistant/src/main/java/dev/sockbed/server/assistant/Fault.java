package dev.sockbed.server.assistant;

import java.util.Locale;

/** What can be wrong with something that was asked of the assistant. */
public enum Fault {
  /** Nothing is open. */
  NOT_OPEN,
  /** Something is open already. */
  ALREADY_OPEN,
  /** There is nobody to send to. */
  NOBODY,
  /** That peer is not there any more, or never was. */
  PEER_GONE,
  /** The peer does not read, and enough waits for it already. */
  NOT_READING,
  /** What was typed can't be read. */
  BAD_INPUT,
  /** The address can be reached from other machines, which was not allowed. */
  REMOTE_NOT_ALLOWED,
  /** The one that does this is at work already. */
  BUSY,
  /** A file is missing or can't be read or written. */
  FILE,
  /** A socket call failed. */
  NETWORK;

  /** The name in files and on the wire: {@code peer-gone}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
