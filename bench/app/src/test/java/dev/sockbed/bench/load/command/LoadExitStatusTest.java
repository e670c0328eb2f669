package dev.sockbed.bench.load.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.load.TestPeer;
import dev.sockbed.bench.load.UdpTestPeer;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.testing.StrictJUnit;
import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run's answer is, where the outcomes alone do not say it. */
@Tag("socket")
@Execution(ExecutionMode.CONCURRENT)
class LoadExitStatusTest extends LoadCommandFixture {
  private static final int MESSAGES = 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--rate=50/s", "--window=1", "--window=4"})
  void aServerThatLostTheLastMessageIsNotGone(String pace) {
    UdpTestPeer.Rule allButTheLast =
        (number, datagram, reply) -> {
          long sequence = ByteBuffer.wrap(datagram).getLong();
          if (sequence != MESSAGES - 1) {
            reply.accept(datagram);
          }
        };
    try (TestPeer peer = UdpTestPeer.start(allButTheLast)) {
      int status =
          loadOnTime(
              peer.address().toString(),
              pace,
              "--count=" + MESSAGES,
              "--warmup=0s",
              "--deadline=3s");

      assertThat(out.toString()).contains("20 sent: 19 ok (95.0 %), 1 lost (5.0 %)");
      assertThat(err.toString()).isEmpty();
      assertThat(status).isZero();
    }
  }

  @Test
  void aServerThatCutsEveryMessageIsABadAnswerThatSaysWhoCutThem() {
    UdpTestPeer.Rule shortReceives =
        (number, datagram, reply) ->
            reply.accept(Arrays.copyOf(datagram, Math.min(datagram.length, 64)));
    try (TestPeer peer = UdpTestPeer.start(shortReceives)) {
      int status = load(peer.address().toString(), "--count=100", "--warmup=0s", "--deadline=10s");

      assertThat(status).isEqualTo(1);
      assertThat(out.toString())
          .contains("100 sent: 100 truncated (100 %)")
          .contains("100 messages came back cut, and not by this end: the server's");
      assertThat(err.toString()).isEqualTo("FAIL: not one message came back whole and in time\n");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aServerThatTakesLongMessagesInShortPiecesIsNamed() throws IOException {
    try (EchoServer server =
        TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), TcpEchoServerConfig.DEFAULT)) {
      int status = load(server.address().toString(), "--size=64KiB", "--count=20", "--warmup=0s");

      assertThat(status).isZero();
      assertThat(out.toString().replaceAll("\\s+", " "))
          .containsPattern("replies came in pieces of \\S+ bytes .* \\(serve --receive-limit\\)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--max-p99=1ns | FAIL: the 99th percentile is \\S+ [mµ]?s, and --max-p99 allows 1 ns",
        "--max-loss=4.9% | FAIL: 5.0 % of the messages did not come back .* --max-loss allows 4.9"
            + " %",
        "--min-rate=1000000/s | FAIL: \\S+ messages/s came back .* --min-rate asks for 1,000,000"
      })
  void whatIsAskedForAndNotReachedIsABadAnswer(String asked, String told) {
    try (TestPeer peer = UdpTestPeer.start(allButEveryTwentieth())) {
      int status =
          load(
              peer.address().toString(),
              "--window=64",
              "--count=2000",
              "--warmup=0s",
              "--deadline=5s",
              asked);

      assertThat(err.toString()).hasLineCount(1).containsPattern(told);
      assertThat(status).isEqualTo(1);
      assertThat(out.toString()).contains("2,000 sent: 1,900 ok (95.0 %), 100 lost (5.0 %)");
    }
  }

  @Test
  void aBuildServerGetsATestCaseForEachThingAsked() throws Exception {
    Path junit = folder.resolve("load.xml");
    try (TestPeer peer = UdpTestPeer.start(allButEveryTwentieth())) {
      int status =
          load(
              peer.address().toString(),
              "--window=64",
              "--count=2000",
              "--warmup=0s",
              "--deadline=5s",
              "--max-loss=1%",
              "--max-p99=1m",
              "--junit=" + junit,
              "--csv=-");

      assertThat(status).isEqualTo(1);
      assertThat(out.toString().lines().toList().get(1))
          .startsWith("udp,udp,load,plain,block,")
          .contains(",2000,1900,100,0,0,0,0,0,");
    }
    String xml = Files.readString(junit);
    StrictJUnit.validate(xml);
    assertThat(xml)
        .contains(
            "tests=\"5\" failures=\"1\"",
            "name=\"the server is there to the end\"",
            "name=\"messages come back whole and in time\"",
            "message=\"5.0 % of the messages did not come back");
  }

  @Test
  void whatIsAskedForAndReachedIsAGoodAnswer() {
    try (TestPeer peer = UdpTestPeer.start(allButEveryTwentieth())) {
      int status =
          load(
              peer.address().toString(),
              "--window=64",
              "--count=2000",
              "--warmup=0s",
              "--deadline=5s",
              "--max-p99=1m",
              "--max-loss=5%",
              "--min-rate=0.001/s");

      assertThat(err.toString()).isEmpty();
      assertThat(status).isZero();
    }
  }

  @Test
  void aPercentileThatTooFewMessagesTellIsNotReached() {
    try (TestPeer peer = TestPeer.echo(Transport.UDP)) {
      int status = load(peer.address().toString(), "--count=20", "--warmup=0s", "--max-p99=1m");

      assertThat(err.toString())
          .isEqualTo(
              "FAIL: the 99th percentile is not known of 20 replies, and --max-p99 asks for at most"
                  + " 60.0 s\n");
      assertThat(status).isEqualTo(1);
    }
  }

  private static UdpTestPeer.Rule allButEveryTwentieth() {
    return (number, datagram, reply) -> {
      if (ByteBuffer.wrap(datagram).getLong() % 20 != 19) {
        reply.accept(datagram);
      }
    };
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRunTooShortToSendAnythingIsABadAnswer(Transport transport) throws Exception {
    Path file = folder.resolve("load.json");
    try (TestPeer peer = TestPeer.echo(transport)) {
      int status =
          load(
              peer.address().toString(),
              "--rate=100/s",
              "--arrival=poisson",
              "--duration=1ns",
              "--warmup=0s",
              "--json=" + file);

      assertThat(status).isEqualTo(1);
    }
    assertThat(err.toString()).contains("FAIL: the rate was missed: nothing was sent");
    assertThat(ResultsFile.read(file).cells().getFirst().sent()).isZero();
  }

  @Test
  void theHistogramLogsIntervalIsAsLongAsTheRunThoughAllRepliesWereLate() throws Exception {
    Executor later = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    UdpTestPeer.Rule slow =
        (number, datagram, reply) -> later.execute(() -> reply.accept(datagram));
    try (TestPeer peer = UdpTestPeer.start(slow)) {
      load(
          peer.address().toString(),
          "--rate=50/s",
          "--duration=1s",
          "--warmup=0s",
          "--deadline=1ms",
          "--out=" + folder);
    }
    assertThat(ResultsFile.read(folder.resolve("load.json")).cells().getFirst().outcomes().ok())
        .isZero();
    String interval =
        Files.readAllLines(folder.resolve("load.hlog")).stream()
            .filter(line -> line.startsWith("Tag=udp/load/"))
            .findFirst()
            .orElseThrow();
    assertThat(Double.parseDouble(interval.split(",", -1)[2])).isGreaterThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void theReceiveLimitFollowsTheSizesUnlessItIsGiven(Transport transport) {
    try (TestPeer peer = TestPeer.echo(transport)) {
      String target = peer.address().toString();
      String size = "--size=16,40000";

      assertThat(load(target, size, "--count=10", "--warmup=0s", "--json=-")).isZero();
      assertThat(out.toString()).contains("\"receiveLimitBytes\": 40000");
      load(target, "--size=16", "--receive-limit=100", "--count=10", "--warmup=0s", "--json=-");
      assertThat(out.toString()).contains("\"receiveLimitBytes\": 100");
    }
  }

  @Test
  void whereBytesCanNotTellWhichMessageWasAnsweredNoTimesAreGiven() throws Exception {
    Path file = folder.resolve("load.json");
    UdpTestPeer.Rule deafAtFirst =
        (number, datagram, reply) -> {
          if (datagram.length > 1 || number > 700) {
            reply.accept(datagram);
          }
        };
    try (TestPeer peer = UdpTestPeer.start(deafAtFirst)) {
      load(
          peer.address().toString(),
          "--size=1",
          "--rate=5000/s",
          "--count=1500",
          "--warmup=0s",
          "--deadline=10s",
          "--json=" + file);
    }
    Cell cell = ResultsFile.read(file).cells().getFirst();
    assertThat(cell.outcomes().lost()).isPositive();
    assertThat(cell.serviceNs().p50()).isNull();
    assertThat(cell.serviceNs().max()).isNull();
    assertThat(cell.histogram()).isNull();
    assertThat(cell.responseHistogram()).isNull();
    assertThat(out.toString())
        .containsPattern("\\d+ replies\\s+belong\\s+to\\s+one\\s+of\\s+several\\s+messages")
        .contains("256 numbers");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aScheduleThatIsSlowIsNotMadeFasterByItsEnd(Transport transport) throws Exception {
    Path file = folder.resolve("load.json");
    try (TestPeer peer = TestPeer.echo(transport)) {
      int status =
          loadOnTime(
              peer.address().toString(),
              "--rate=4/s",
              "--duration=1s",
              "--warmup=0s",
              "--deadline=10s",
              "--json=" + file);

      assertThat(status).as(err.toString()).isZero();
    }
    Cell cell = ResultsFile.read(file).cells().getFirst();
    assertThat(cell.outcomes().ok()).isEqualTo(4);
    assertThat(cell.messagesPerSecond()).isLessThanOrEqualTo(4.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--warmup=100ms", "--warmup=0s"})
  void aServerThatServesFewerConnectionsIsSaidToDoSo(String warmup) throws Exception {
    Address local = Address.parse("tcp://127.0.0.1:0");
    TcpEchoServerConfig two = TcpEchoServerConfig.DEFAULT.withMaxConnections(2);
    try (EchoServer server = TcpEchoServer.open(local, two)) {
      int status =
          load(
              server.address().toString(),
              "--connections=8",
              "--duration=1s",
              warmup,
              "--deadline=10s",
              "--quiet");

      assertThat(status).as(err.toString()).isEqualTo(3);
    }
    assertThat(err.toString())
        .containsPattern("\\d of 8( connections)? to tcp://127.0.0.1:\\d+")
        .contains("of which the server may serve fewer at once (its --max-connections)");
    assertThat(err.toString().lines().filter(line -> !line.startsWith("WARN"))).hasSize(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessorThatIsNotThereIsToldBeforeAServerIsAsked() {
    assertThat(load("tcp://127.0.0.1:9", "--cpus=9999")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no processor 9999 here").hasLineCount(1);
  }
}
