package dev.sockbed.bench.conformance;

/** What else may go on while a case is run against a server that serves several callers. */
public enum Company {
  /** Nothing, and before all others: it shows what the server is, and whether it serves several. */
  FIRST,
  /** A few others: it is quick, and no server should mind. */
  BESIDE,
  /** Anything: it hardly does more than wait, and is begun early. */
  WAITING,
  /** Nothing but what waits: it disturbs others, or others would disturb it. */
  ALONE
}
