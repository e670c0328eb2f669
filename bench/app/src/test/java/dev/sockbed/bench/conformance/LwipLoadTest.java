package dev.sockbed.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code load} measures an embedded stack; how fast that is, it does not say. */
@Tag("process")
class LwipLoadTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String LOAD =
      """
      server=$1
      shift
      "$server" 192.168.7.2 10000 >"$server.out" &
      trap 'kill $!' EXIT
      until grep -q listening "$server.out"; do kill -0 $!; sleep 0.1; done
      "$@"
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void compile() {
    LwipNetwork.require();
    LwipNetwork.compile(LwipNetwork.PORTS.resolve("echo_server.c"), folder.resolve("echo_server"));
  }

  @ParameterizedTest
  @CsvSource({"tcp, 16", "udp, 4"})
  void eachMessageHasOneFateAndSomeComeBack(String transport, int window) {
    String server = folder.resolve("echo_server").toString();
    String target = transport + "://192.168.7.2:10000";
    String[] load =
        JavaCommand.of(
            JvmFlags.ALL,
            Sockbed.class,
            "load",
            target,
            "--window",
            window,
            "--duration",
            "1s",
            "--warmup",
            "0s",
            "--quiet",
            "--json",
            "-");
    List<String> arguments = Stream.concat(Stream.of(server), Stream.of(load)).toList();
    try (Peer run = LwipNetwork.start(LOAD, arguments)) {
      int status = run.awaitExit(PATIENCE);
      assertThat(status).as(run.output() + run.errors()).isZero();
      JsonNode cell = cell(run.output());
      long sum =
          StreamSupport.stream(cell.get("outcomes").spliterator(), false)
              .mapToLong(JsonNode::longValue)
              .sum();
      assertThat(sum).isEqualTo(cell.get("sent").longValue()).isPositive();
      assertThat(cell.get("messagesPerSecond").doubleValue()).isPositive();
    }
  }

  private static JsonNode cell(String json) {
    JsonNode cells = JsonMapper.shared().readTree(json).get("cells");
    return StreamSupport.stream(cells.spliterator(), false)
        .filter(cell -> cell.get("scenario").stringValue().equals("load"))
        .findFirst()
        .orElseThrow();
  }
}
