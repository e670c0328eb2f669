package dev.sockbed.bench.peers;

/** On which processors the two ends run. */
public enum Placement {
  /** Both on one: none has to be woken, so what is seen is the calls. */
  TOGETHER,
  /** Each on one of its own. */
  APART;

  /** How many processors that takes. */
  int processors() {
    return this == TOGETHER ? 1 : 2;
  }
}
