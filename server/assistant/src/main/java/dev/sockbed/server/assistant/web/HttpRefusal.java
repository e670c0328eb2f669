package dev.sockbed.server.assistant.web;

/** A request that is not served. */
final class HttpRefusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String fault;

  /**
   * Says why.
   *
   * @param status the HTTP status code
   * @param fault the kind of fault, in a word, for the page
   * @param message what is wrong, for a person
   */
  HttpRefusal(int status, String fault, String message) {
    super(message);
    this.status = status;
    this.fault = fault;
  }

  int status() {
    return status;
  }

  String fault() {
    return fault;
  }
}
