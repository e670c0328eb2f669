package dev.sockbed.bench.conformance.peers;

/** How the other side's stream ended. */
public enum TcpEnd {
  /** In good order. */
  FIN("FIN"),
  /** It was broken off. */
  RESET("RST"),
  /** This end closed first. */
  OURS("closed by the checker"),
  /** It sent more than a case can hold. */
  FLOOD("endless data");

  private final String label;

  TcpEnd(String label) {
    this.label = label;
  }

  /** In a word for a person. */
  public String label() {
    return label;
  }
}
