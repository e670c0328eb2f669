package dev.sockbed.bench.conformance.planted;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import dev.sockbed.bench.conformance.cases.InProcess;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Clients and boards behind a network that loses datagrams: loss is never taken for their fault,
 * and a fault not for loss.
 *
 * @see LossyNetworkTest
 */
@Tag("socket")
class LossyNetworkClientsTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(10), 128);
  private static final byte[] GREETING = "Hello 01Studio!".getBytes(US_ASCII);
  private static final byte[] PREFIX = "I got:".getBytes(US_ASCII);
  private static final int LONGEST = 128;

  private final AtomicInteger starts = new AtomicInteger();

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aClientWhoseDatagramIsLostAndThenItsEchoIsNotFailed() throws Exception {
    List<CaseResult> results =
        clients(
            "echo/udp/4.2/",
            server ->
                switch (starts.incrementAndGet()) {
                  case 1 -> 1; // What it sent is lost.
                  case 2 -> lonely(server); // The echo is lost.
                  default -> right(server);
                });

    Checks.assertRight(results);
    assertThat(results).isNotEmpty();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aClientThatIsNotHeardEachTimeIsNotFailedForFailing() throws Exception {
    List<CaseResult> results =
        clients("echo/udp/4.2/", server -> starts.incrementAndGet() % 3 == 0 ? 1 : lonely(server));

    assertOnly(
        results,
        CaseVerdict.INCONCLUSIVE,
        "started 8 times, it ended with exit status 1, but 3 of 11 times that it was started"
            + " nothing came: the network loses too much");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aClientThatIsHeardEachTimeAndFailsAtFirstIsNotTrusted() throws Exception {
    List<CaseResult> results =
        clients(
            "echo/udp/4.2/",
            server -> starts.incrementAndGet() < 3 ? lonely(server) : right(server));

    assertOnly(results, CaseVerdict.INCONCLUSIVE, "it failed 2 times before it succeeded");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aClientThatIsHeardEachTimeIsFailedForFailing() throws Exception {
    List<CaseResult> results = clients("echo/udp/4.2/", LossyNetworkClientsTest::lonely);

    assertOnly(results, CaseVerdict.FAIL, "started 8 times, it ended with exit status 1");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aClientThatIsHeardInOtherCasesIsNotFailedForSilence() throws Exception {
    List<CaseResult> results =
        clients("echo/udp/4.3/", server -> starts.incrementAndGet() == 1 ? lonely(server) : 1);

    assertThat(results.getFirst().verdict()).isEqualTo(CaseVerdict.PASS);
    assertThat(results.subList(1, results.size()))
        .isNotEmpty()
        .allSatisfy(result -> {
          assertThat(result.verdict()).isEqualTo(CaseVerdict.INCONCLUSIVE);
          assertThat(result.why())
              .isEqualTo(
                  "started 8 times, it sent nothing, and in other cases it did: the network loses"
                      + " some");
        });
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aLongestDatagramThatIsLostIsAwaitedAgain() throws Exception {
    List<CaseResult> results =
        clients(
            "echo/udp/4.9/",
            server -> starts.incrementAndGet() == 1 ? lonely(server) : right(server));

    Checks.assertRight(results);
    assertThat(results).isNotEmpty();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aDatagramThatComesAfterItsClientsEndIsNotTakenForLost() throws Exception {
    LateDatagram subject = new LateDatagram(LossyNetworkClientsTest::lonely);
    List<CaseResult> results = Checks.client(Transport.UDP, subject, LIMITS, "echo/udp/4.5/");

    assertOnly(
        results,
        CaseVerdict.FAIL,
        "it ended with exit status 0, and one datagram, sent once, never came back");
    assertThat(subject.starts()).isEqualTo(1);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aDatagramOfAnEarlierStartIsNotTakenForOneThatWasSentAgain() throws Exception {
    List<CaseResult> results =
        clients(
            "echo/udp/4.5/",
            server -> {
              if (starts.incrementAndGet() == 1) {
                return 1;
              }
              try (DatagramSocket late = new DatagramSocket()) {
                send(late, longest(), server);
              }
              return right(server);
            });

    assertOnly(
        results,
        CaseVerdict.INCONCLUSIVE,
        "the datagram that was lost may be that of an earlier start, which came late");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aBoardThatGetsNothingTheFirstTimeIsNotFailed() throws Exception {
    Set<ByteBuffer> seen = ConcurrentHashMap.newKeySet();
    List<CaseResult> results = boards("device/2.2/", message -> !seen.add(message));

    Checks.assertRight(results);
    assertThat(results).isNotEmpty();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aBoardThatAnswersAllButLongMessagesIsFailed() throws Exception {
    List<CaseResult> results = boards("device/2.2/", message -> message.remaining() < LONGEST);

    assertThat(results)
        .filteredOn(result -> result.verdict() == CaseVerdict.FAIL)
        .singleElement()
        .satisfies(result -> {
          assertThat(result.id()).isEqualTo("device/2.2/udp-cut-utf8");
          assertThat(result.why())
              .containsPattern("of ([5-9]|\\d\\d) others in between, ([5-9]|\\d\\d) were");
        });
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aBoardThatAnswersHalfOfAllIsNotJudged() throws Exception {
    AtomicInteger controls = new AtomicInteger();
    List<CaseResult> results =
        boards(
            "device/2.1/",
            message ->
                US_ASCII.decode(message.duplicate()).toString().startsWith("control")
                    && controls.incrementAndGet() % 3 == 0);

    assertThat(results)
        .singleElement()
        .satisfies(result -> assertThat(result.verdict()).isEqualTo(CaseVerdict.INCONCLUSIVE));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aDoubledAnswerIsNotTakenForALateOne() throws Exception {
    List<CaseResult> results =
        Checks.client(
            Transport.UDP,
            new InProcess(ThreadKind.VIRTUAL, server -> talk(server, _ -> true, 2)),
            LIMITS,
            "device/1.2/");

    assertThat(results)
        .filteredOn(result -> result.id().endsWith("udp-once"))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.verdict()).isEqualTo(CaseVerdict.FAIL);
          assertThat(result.why()).startsWith("it sent what it was not asked for");
        });
  }

  private static void assertOnly(List<CaseResult> results, CaseVerdict verdict, String why) {
    assertThat(results)
        .as(Checks.told(results))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.verdict()).isEqualTo(verdict);
          assertThat(result.why()).startsWith(why);
        });
  }

  private static List<CaseResult> clients(String rule, InProcess.Client client) throws Exception {
    InProcess subject = new InProcess(ThreadKind.VIRTUAL, client);
    return Checks.client(Transport.UDP, subject, LIMITS, rule);
  }

  private static List<CaseResult> boards(String rule, Predicate<ByteBuffer> arrives)
      throws Exception {
    return clients(rule, server -> talk(server, arrives, 1));
  }

  /** A client that hears nothing. */
  private static int lonely(Address server) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      send(socket, new byte[] {1}, server);
    }
    return 1;
  }

  private static int right(Address server) throws IOException {
    byte[] message = longest();
    try (DatagramSocket socket = new DatagramSocket()) {
      send(socket, message, server);
      DatagramPacket echo = new DatagramPacket(new byte[LONGEST + 1], LONGEST + 1);
      socket.receive(echo);
      return Arrays.equals(message, Arrays.copyOf(echo.getData(), echo.getLength())) ? 0 : 1;
    }
  }

  private static byte[] longest() {
    byte[] message = new byte[LONGEST];
    Arrays.fill(message, (byte) 'a');
    return message;
  }

  /** A board that the messages reach of which that is said. */
  private static int talk(Address assistant, Predicate<ByteBuffer> arrives, int times)
      throws IOException {
    try (DatagramSocket board = new DatagramSocket()) {
      send(board, GREETING, assistant);
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        board.receive(packet);
        byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] answer = Arrays.copyOf(PREFIX, PREFIX.length + message.length);
        System.arraycopy(message, 0, answer, PREFIX.length, message.length);
        for (int i = 0; i < times && arrives.test(ByteBuffer.wrap(message)); i++) {
          send(board, answer, assistant);
        }
      }
    }
  }

  private static void send(DatagramSocket from, byte[] bytes, Address to) throws IOException {
    from.send(new DatagramPacket(bytes, bytes.length, to.resolve().getFirst()));
  }
}
