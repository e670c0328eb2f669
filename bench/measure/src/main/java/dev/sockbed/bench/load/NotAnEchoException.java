package dev.sockbed.bench.load;

import dev.sockbed.common.Address;

/** Somebody answered at the target, but it is no echo server. Name another target. */
public final class NotAnEchoException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says so of that address. */
  public NotAnEchoException(Address target) {
    super(target + ": the peer answered, but not with our bytes; is it an echo server?");
  }
}
