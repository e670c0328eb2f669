package dev.sockbed.bench.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that one run found: the content of a results file, key for key.
 *
 * <p>{@code environment} and {@code config} are trees, so that what another build wrote is kept
 * even where this build has no name for it. {@link ResultsFile#tree} makes one of any record.
 *
 * @param schema which form the file has, as in {@link #COMPARE}
 * @param tool the build that measured
 * @param startedAt when the run began
 * @param environment the machine, the JDK, the calibration
 * @param config the configuration in effect, every default spelled out, the seed too
 * @param cells the measured points
 * @param verdicts what follows from them
 * @param workload what somebody needs and what meets it; null where no need was said
 */
public record Results(
    String schema,
    Tool tool,
    Instant startedAt,
    ObjectNode environment,
    ObjectNode config,
    List<Cell> cells,
    List<Verdict> verdicts,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WorkloadFinding workload) {

  /** The form that {@code compare} writes. */
  public static final String COMPARE = "sockbed/compare/1";

  /** The form that {@code load} writes. */
  public static final String LOAD = "sockbed/load/1";

  /** Copies the lists, so that the results stay as they are. */
  public Results {
    cells = List.copyOf(cells);
    verdicts = List.copyOf(verdicts);
  }

  /** Results about no need in particular. */
  public Results(
      String schema,
      Tool tool,
      Instant startedAt,
      ObjectNode environment,
      ObjectNode config,
      List<Cell> cells,
      List<Verdict> verdicts) {
    this(schema, tool, startedAt, environment, config, cells, verdicts, null);
  }

  /**
   * A build of sockbed.
   *
   * @param version as in {@code 0.1.0}
   * @param commit the commit that it was built from, or null if that is unknown
   */
  public record Tool(String version, @Nullable String commit) {}

  /** The job that made them, as the schema names it: {@code compare} or {@code load}. */
  public String job() {
    return schema.split("/", -1)[1];
  }
}
