package dev.sockbed.bench.diff;

/** What became of one measure from the first run to the second; the worst comes first. */
enum Change {
  /** In the first run messages came back, in the second none. */
  GONE("nothing back"),
  /** Slower by more than the tolerance, too surely to be chance. */
  SLOWER("slower"),
  /** It looks slower, but among so many comparisons one would by chance. */
  PERHAPS_SLOWER("slower?"),
  /** Slower, but so are bare sockets, which no build of ours changes. */
  WITH_MACHINE("machine?"),
  /** Faster by more than the tolerance, too surely to be chance. */
  FASTER("faster"),
  /** Not outside the tolerance, as far as the trials can tell. */
  SAME("same"),
  /** Too few trials to tell. */
  UNKNOWN("too few trials"),
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
    return this == GONE || this == SLOWER;
  }
}
