package dev.sockbed.server.assistant;

/**
 * What was counted since the assistant began, or since the transcript was cleared or the counts
 * were reset.
 *
 * @param connected peers that connected, or were heard of
 * @param refused connections closed at once because there were too many, and UDP peers forgotten
 *     for the same reason
 * @param receives receives that gave bytes, or an empty datagram
 * @param bytesIn bytes received
 * @param cut datagrams longer than the receive limit
 * @param sends messages sent, each peer's for itself
 * @param bytesOut bytes sent
 * @param unsent messages that were refused because a peer does not read, or that failed
 * @param withheld automatic replies not sent: too many a second, to a source that must not be
 *     answered, or to a peer that does not read
 */
public record Totals(
    long connected,
    long refused,
    long receives,
    long bytesIn,
    long cut,
    long sends,
    long bytesOut,
    long unsent,
    long withheld) {}
