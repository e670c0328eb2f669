package dev.sockbed.server.assistant;

import java.time.Instant;

/**
 * One line of the transcript. Each receive makes one, so that what TCP and UDP do to messages can
 * be seen: a TCP message of 256 bytes in two rows of 128, a UDP datagram cut.
 *
 * @param number counts from 1 since the assistant began, without gaps
 * @param time when, to the millisecond
 * @param kind what it tells of
 * @param peer the peer's number, or 0 if it concerns none
 * @param address the peer's address, or the session's, as in {@code tcp://127.0.0.1:50714}; may be
 *     empty
 * @param length bytes received or sent; 0 where there are none
 * @param bytes the bytes themselves, but no more than {@link Transcript#MOST_BYTES_A_ROW}
 * @param cut whether the datagram was longer than the receive limit, and its rest is lost
 * @param note words for a person; may be empty
 */
public record Row(
    long number,
    Instant time,
    RowKind kind,
    int peer,
    String address,
    int length,
    Bytes bytes,
    boolean cut,
    String note) {}
