package dev.sockbed.bench.result;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What the transfer of one file found beside its time.
 *
 * @param link the emulated link in words, as {@code --link} reads it; null over loopback
 * @param mode {@code tun}, where TCP met lost segments, {@code relay}, where it can't, or {@code
 *     loopback}
 * @param seed of the link
 * @param direction {@code up}, to the server, or {@code down}
 * @param arrivedBytes of the file
 * @param elapsedNs from connecting to the last byte, or until it was given up
 * @param resent datagrams that the sender itself sent again
 * @param tcpRetransmits segments that the system's TCP sent again, both ends together; null where
 *     they can't be told
 * @param wireBytes on the link, both ways, with headers, acknowledgements and what was sent again;
 *     null where no packets were seen
 * @param congestionControl that paced the client's TCP; null over UDP
 * @param cpuNs processor time of both ends' threads; null where the system does not say
 * @param excused whether it was not there in time, and may have been but for this machine, which
 *     stalled meanwhile for a tenth of the deadline or longer
 */
@JsonTypeName("transfer")
public record TransferDetail(
    @Nullable String link,
    String mode,
    long seed,
    String direction,
    long arrivedBytes,
    long elapsedNs,
    long resent,
    @Nullable Long tcpRetransmits,
    @Nullable Long wireBytes,
    @Nullable String congestionControl,
    @Nullable Long cpuNs,
    boolean excused)
    implements Cell.Detail {}
