package dev.sockbed.bench.conformance;

/**
 * How much a sentence demands.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2119">RFC 2119</a>
 */
public enum Level {
  /** Without it, a program is wrong. */
  MUST,
  /** Without it, a program is right, and worse. */
  SHOULD,
  /** Left to the program. */
  MAY
}
