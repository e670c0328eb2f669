package dev.sockbed.bench.conformance;

/**
 * A sentence of the protocol.
 *
 * @param id as in {@code echo/tcp/3.2}: profile, transport if it is of one only, section and number
 * @param level how much it demands
 * @param sentence as the document has it, in one line
 */
public record Rule(String id, Level level, String sentence) {

  /** The profile that it belongs to: {@code echo}, {@code device} or {@code probe}. */
  public String profile() {
    return id.substring(0, id.indexOf('/'));
  }
}
