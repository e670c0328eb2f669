package dev.sockbed.bench.load.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.load.TcpTestPeer;
import dev.sockbed.bench.load.TestPeer;
import dev.sockbed.bench.load.UdpTestPeer;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.ResultsSchema;
import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The command, as a user gives it. */
@Tag("process")
class LoadCommandTest extends LoadCommandFixture {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRunIsToldInWordsAndNumbersAndEndsWell(Transport transport) {
    try (TestPeer peer = TestPeer.echo(transport)) {
      int status =
          loadOnTime(
              peer.address().toString(),
              "--rate=500/s",
              "--count=300",
              "--warmup=50ms",
              "--deadline=10s");

      assertThat(status).as(err.toString()).isZero();
      assertThat(out.toString())
          .contains("p50", "service", "response", "send call", "timer miss", "variation")
          .contains("to " + peer.address())
          .contains("300 sent: all came back whole and in time")
          .contains("500/s were asked for", "processor time a message");
      assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void jsonKeepsToTheSchemaAndIsReadBack() throws Exception {
    Path file = folder.resolve("load.json");
    try (TestPeer peer = TestPeer.echo(Transport.UDP)) {
      int status =
          load(
              peer.address().toString(),
              "--window=4",
              "--connections=2",
              "--size=16,64",
              "--count=2500",
              "--warmup=20ms",
              "--seed=9",
              "--json=" + file);

      assertThat(status).as(err.toString()).isZero();
      assertThat(out.toString()).contains("  16, 64 bytes in turn, window 4, 2 connections, plain");
    }
    ResultsSchema.assertKept(Files.readString(file));
    Results results = ResultsFile.read(file);
    assertThat(results.schema()).isEqualTo(Results.LOAD);
    assertThat(results.config().path("count").asInt()).isEqualTo(2_500);
    assertThat(results.environment().path("clock").path("stepNs").asInt()).isPositive();
    Cell cell = results.cells().getFirst();
    assertThat(cell.sent()).isEqualTo(2_500);
    assertThat(cell.window()).isEqualTo(4);
    assertThat(results.cells().subList(1, results.cells().size()))
        .as("the floor, over either transport")
        .extracting(Cell::scenario, Cell::transport)
        .containsExactly(tuple("floor", "tcp"), tuple("floor", "udp"));
    assertThat(cell.connections()).isEqualTo(2);
    assertThat(cell.detail())
        .isInstanceOfSatisfying(
            LoadDetail.class,
            detail -> {
              assertThat(detail.sizesBytes()).containsExactly(16, 64);
              assertThat(detail.seed()).isEqualTo(9);
              assertThat(detail.sendCallNs().count()).isEqualTo(2_500);
            });
  }

  @Test
  void theSocketOptionsThatTheSystemGrantedStandInTheResult() throws Exception {
    Path file = folder.resolve("options.json");
    try (TestPeer peer = TestPeer.echo(Transport.TCP)) {
      int status =
          load(
              peer.address().toString(),
              "--count=20",
              "--warmup=0s",
              "--nodelay=no",
              "--congestion=reno",
              "--dscp=ef",
              "--send-buffer=20000",
              "--json=" + file);

      assertThat(status).as(err.toString()).isZero();
    }
    ResultsSchema.assertKept(Files.readString(file));
    assertThat(ResultsFile.read(file).cells().getFirst().detail())
        .isInstanceOfSatisfying(
            LoadDetail.class,
            detail -> {
              GrantedOptions granted = Objects.requireNonNull(detail.socket());
              assertThat(granted.noDelay()).isFalse();
              assertThat(granted.congestionControl()).isEqualTo("reno");
              assertThat(granted.dscp()).isEqualTo(46);
              assertThat(granted.sendBufferBytes()).isEqualTo(20_000);
            });
  }

  @Test
  void aVariantIsTheOptionsThatItStandsForAndHasItsWordInTheResult() throws Exception {
    Path file = folder.resolve("variant.json");
    try (TestPeer peer = TestPeer.echo(Transport.TCP)) {
      int status =
          load(
              peer.address().toString(),
              "--count=20",
              "--warmup=0s",
              "--variant=tcp+reno",
              "--json=" + file);

      assertThat(status).as(err.toString()).isZero();
    }
    Cell cell = ResultsFile.read(file).cells().getFirst();
    assertThat(cell.transport()).isEqualTo("tcp");
    assertThat(cell.variant()).isEqualTo("tcp+reno");
    assertThat(cell.detail())
        .isInstanceOfSatisfying(
            LoadDetail.class,
            detail ->
                assertThat(Objects.requireNonNull(detail.socket()).congestionControl())
                    .isEqualTo("reno"));
  }

  @ParameterizedTest
  @CsvSource({
    "udp://127.0.0.1:9,--variant=tcp+nagle,2,--variant tcp+nagle does not go with"
        + " udp://127.0.0.1:9",
    "udp://127.0.0.1:9,--variant=udp+retry,2,udp+retry is measured over bad networks",
    "tcp://127.0.0.1:9,--variant=tcp+nagel,2,not a variant: 'tcp+nagel'",
    "tcp://127.0.0.1:9,--variant=tcp+lp,4,can't use the congestion control lp",
    "udp://127.0.0.1:9,--nodelay=no,2,--nodelay is for TCP: UDP has no such option",
    "tcp://127.0.0.1:9,--ttl=300,2,the TTL must be 1 to 255",
    "tcp://127.0.0.1:9,--congestion=vegas9,4,can't use the congestion control vegas9",
    "udp://127.0.0.1:9,--interface=none_such,4,can't use the interface none_such"
  })
  void anOptionThatCantBeHadIsToldInALine(
      String target, String option, int expected, String message) {
    assertThat(load(target, option)).isEqualTo(expected);
    assertThat(err.toString().lines()).singleElement().asString().contains(message);
  }

  @Test
  void aMissedRateIsAFailureThatSaysWhatLimitedIt() {
    try (TestPeer peer = TestPeer.echo(Transport.TCP)) {
      int status =
          load(
              peer.address().toString(),
              "--rate=900000000/s",
              "--duration=200ms",
              "--warmup=0s",
              "--deadline=5s");

      assertThat(status).isEqualTo(1);
      assertThat(err.toString()).startsWith("FAIL: the rate was missed: ");
      assertThat(out.toString()).contains("FAIL: the rate was missed: ");
    }
  }

  @Test
  void aPeerThatIsNoEchoServerIsANetworkFailure() {
    try (TestPeer peer =
        UdpTestPeer.start((number, datagram, reply) -> reply.accept(new byte[] {1, 2, 3}))) {
      assertThat(load(peer.address().toString())).isEqualTo(3);
      assertThat(err.toString())
          .isEqualTo(
              "sockbed load: "
                  + peer.address()
                  + ": the peer answered, but not with our bytes; is it an echo server?\n");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void nobodyThereIsANetworkFailure(Transport transport) {
    TestPeer peer = TestPeer.echo(transport);
    peer.stop();

    assertThat(load(peer.address().toString())).isEqualTo(3);
    assertThat(err.toString()).contains("refused: nothing listens there").hasLineCount(1);
  }

  @Test
  void aPeerThatIsGoneAtTheEndIsANetworkFailureAfterTheResults() {
    try (TestPeer peer = TcpTestPeer.start(TcpTestPeer.answering(200))) {
      int status = load(peer.address().toString(), "--count=201", "--warmup=0s", "--deadline=2s");

      assertThat(status).isEqualTo(3);
      assertThat(out.toString()).contains("200 ok");
      assertThat(err.toString()).contains("was gone at the end of the run");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          tcp://127.0.0.1:9 --rate 0/s               | the rate must be above 0/s and at most 1000000000/s, not 0/s
          tcp://127.0.0.1:9 --rate 10x               | not a rate: '10x'
          tcp://127.0.0.1:9 --window 0               | '--window': must be a whole number from 1
          tcp://127.0.0.1:9 --window 70000           | the window must be 1 to 65536
          tcp://127.0.0.1:9 --size 0                 | a message has 1 to 16777216 bytes, not 0
          udp://127.0.0.1:9 --size 129 --receive-limit 128 | 129 bytes is cut by a receive of 128 bytes
          udp://127.0.0.1:9 --size 65508             | a datagram carries at most 65507 bytes
          tcp://127.0.0.1:9 --rate 9/s --window 2    | --rate and --window contradict each other
          tcp://127.0.0.1:9 --arrival poisson        | --arrival goes with --rate
          tcp://127.0.0.1:9 --arrival often          | not an arrival: 'often'
          tcp://127.0.0.1:9 --count 1 --duration 1s  | --duration and --count contradict each other
          tcp://127.0.0.1:9 --duration 0s            | '--duration': must be longer than zero
          tcp://127.0.0.1:9 --count 0                | '--count': must be a whole number from 1
          tcp://127.0.0.1:9 --connections 0          | '--connections': must be a whole number from 1
          tcp://127.0.0.1:9 --connections 20000      | the connections must be 1 to 10000
          tcp://127.0.0.1:9 --deadline 0s            | the deadline must be 1 ms to 1 min
          tcp://127.0.0.1:9 --warmup soon            | not a duration: 'soon'
          tcp://127.0.0.1:9 --seed many              | '--seed': not a whole number of 64 bits: 'many'
          tcp://127.0.0.1:0                          | port 0 is for listening
          127.0.0.1:9                                | write tcp://HOST:PORT
          """)
  void nonsenseIsRefusedInOneLine(String arguments, String why) {
    assertThat(load(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(why).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aDatagramAsLongAsARaisedLimitIsSent() {
    try (TestPeer peer = TestPeer.echo(Transport.UDP)) {
      assertThat(
              load(
                  peer.address().toString(),
                  "--size=1000",
                  "--receive-limit=1000",
                  "--count=50",
                  "--warmup=0s",
                  "--deadline=10s"))
          .isZero();
      assertThat(out.toString()).contains("50 sent: all came back");
    }
  }

  @Test
  void anInterruptTellsWhatWasMeasured() throws Exception {
    Path file = folder.resolve("load.json");
    try (TestPeer echo = TestPeer.echo(Transport.TCP);
        Peer load =
            SockbedProcess.startInterruptible(
                "load",
                echo.address().toString(),
                "--rate=1000/s",
                "--duration=10m",
                "--warmup=0s",
                "--json=" + file)) {
      await().atMost(Duration.ofMinutes(1)).until(() -> echo.served() > 200);
      load.signal("INT");

      assertThat(load.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(load.awaitExit()).isEqualTo(130);
      assertThat(load.errors()).contains("interrupted after ");
      assertThat(load.output()).contains("ended before its time");
      Cell cell = ResultsFile.read(file).cells().getFirst();
      assertThat(cell.outcomes().ok()).isPositive();
      assertThat(cell.outcomes().total()).isEqualTo(cell.sent());
    }
  }
}
