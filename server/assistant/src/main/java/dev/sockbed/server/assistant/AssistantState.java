package dev.sockbed.server.assistant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole assistant at one moment, but for its transcript.
 *
 * @param setup what is open; null if nothing is
 * @param localAddress this end's address, with the port that was picked; null if nothing is open
 * @param peers those that are there, by their numbers
 * @param totals what was counted
 * @param rules the automatic replies
 * @param repeat the message that is being repeated; null if none is
 * @param file the file that is being sent; null if none is
 */
public record AssistantState(
    @Nullable SessionSetup setup,
    @Nullable String localAddress,
    List<PeerSnapshot> peers,
    Totals totals,
    List<ReplyPattern> rules,
    @Nullable RepeatProgress repeat,
    @Nullable FileProgress file) {

  /** Whether something is open. */
  public boolean open() {
    return setup != null;
  }
}
