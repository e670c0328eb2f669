package dev.sockbed.bench.command;

import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.stats.Goal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one of our own comparisons found: the content of its JSON file, key for key.
 *
 * @param schema which form the file has
 * @param tool the build that measured
 * @param startedAt when it began
 * @param environment the machine, the JDK, the calibration
 * @param config what was asked for
 * @param cells the measured points
 * @param goals what is to be reached; empty for a quick run, which shows nothing of that kind
 */
record BenchReport(
    String schema,
    Results.Tool tool,
    Instant startedAt,
    ObjectNode environment,
    Map<String, Object> config,
    List<?> cells,
    List<Goal> goals) {}
