package dev.sockbed.bench.link.control;

/** A request that is not served. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * Says why.
   *
   * @param status the HTTP status code
   * @param message what is wrong, for a person
   */
  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
