package dev.sockbed.bench.conformance.planted;

/**
 * A wrong program.
 *
 * @param fault what is wrong with it, in a few words
 * @param rule the sentence that it breaks
 * @param program what it does
 */
record Planted<P>(String fault, String rule, P program) {
  @Override
  public String toString() {
    return rule + ": " + fault;
  }
}
