package dev.sockbed.bench.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a comparison as the files hold it, every default spelled out.
 *
 * @param profile how much is measured
 * @param scenarios what is measured
 * @param trials how often each point, or null for as often as the profile says
 * @param forks in how many client processes, one after the other
 * @param targets the echo servers that were named, or null if they were started for this
 * @param local from where the named servers were called, or null if the system chose
 * @param repliesPerSecond to how many replies a second the named UDP server limits this machine, as
 *     far as a probe saw; null if no limit was seen
 * @param placements where the ends run, the one for all scenarios first
 * @param links the emulated links, each in words
 * @param linkMode how they were asked to be made
 */
record Configuration(
    String profile,
    List<String> scenarios,
    @Nullable Integer trials,
    int forks,
    @Nullable List<String> targets,
    @Nullable String local,
    long seed,
    int receiveLimitBytes,
    String threads,
    @JsonProperty("wait") String waiting,
    String io,
    @Nullable Double repliesPerSecond,
    List<CpuPlacement> placements,
    List<String> links,
    String linkMode) {}
