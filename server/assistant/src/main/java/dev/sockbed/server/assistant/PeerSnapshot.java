package dev.sockbed.server.assistant;

import java.time.Instant;

/**
 * A peer at one moment.
 *
 * @param number counts from 1 since the assistant began
 * @param address as in {@code tcp://127.0.0.1:50714}
 * @param since when it connected, or was first heard of
 * @param state how it stands with it
 * @param messagesIn receives; over UDP that is datagrams
 * @param bytesIn bytes received
 * @param messagesOut messages sent
 * @param bytesOut bytes sent
 * @param waitingBytes bytes that wait to be sent, because the peer does not read quickly enough
 */
public record PeerSnapshot(
    int number,
    String address,
    Instant since,
    PeerState state,
    long messagesIn,
    long bytesIn,
    long messagesOut,
    long bytesOut,
    long waitingBytes) {}
