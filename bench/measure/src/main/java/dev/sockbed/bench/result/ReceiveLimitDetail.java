package dev.sockbed.bench.result;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * What a receiver with a limit saw of messages that may be longer than it. A stream splits and
 * merges them and loses nothing; a datagram is cut and the rest is gone.
 *
 * @param limitBytes the most bytes that one receive gave
 * @param messageBytes bytes of each message that was sent
 * @param receives the length of each receive, in order, while two messages sent back to back came
 *     in: one sample of what the receiver saw
 * @param splits messages that came in more than one receive
 * @param merges receives that held bytes of more than one message
 * @param truncations messages of which the receiver got only the beginning
 */
@JsonTypeName("receive-limit")
public record ReceiveLimitDetail(
    int limitBytes,
    int messageBytes,
    List<Integer> receives,
    long splits,
    long merges,
    long truncations)
    implements Cell.Detail {

  /** Copies the list, so that the detail stays as it is. */
  public ReceiveLimitDetail {
    receives = List.copyOf(receives);
  }
}
