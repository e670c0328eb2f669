package dev.sockbed.bench.diff;

/** What became of one measure from the first run to the second; the worst comes first. */
enum Change {
  /** In trials of the second run no message came back whole and in time; in the first in all. */
  NO_REPLY("no reply"),
  /** Slower by more than the tolerance. */
  SLOWER("slower"),
  /** Fewer of the messages came back, by more than the tolerance. */
  FEWER("fewer ok"),
  /** Faster by more than the tolerance. */
  FASTER("faster"),
  /** More of the messages came back, by more than the tolerance. */
  MORE("more ok"),
  /** The interval reaches beyond the tolerance, or something is missing that would tell. */
  CANT_TELL("can't tell"),
  /** The whole interval lies within the tolerance. */
  SAME("same"),
  /** The bare sockets themselves. */
  CONTROL("bare sockets");

  private final String label;

  Change(String label) {
    this.label = label;
  }

  /** The word in tables and files. */
  String label() {
    return label;
  }

  /** Whether it makes the answer a bad one. */
  boolean bad() {
    return this == NO_REPLY || this == SLOWER || this == FEWER;
  }
}
