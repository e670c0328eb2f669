package dev.sockbed.bench.conformance.cases;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.peers.Subject;
import dev.sockbed.bench.conformance.run.Runner;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/** Runs the checker as tests need it. */
public final class Checks {
  private static final Catalogue CATALOGUE = new Catalogue(Protocol.ofThisBuild());

  private Checks() {}

  /** All cases for servers, against this one. */
  public static List<CaseResult> server(Address server, Limits limits) throws Exception {
    return server(server, limits, "");
  }

  /** The cases of one sentence, against a server. */
  public static List<CaseResult> server(Address server, Limits limits, String rule)
      throws Exception {
    InetSocketAddress target = server.resolve().getFirst();
    Runner runner = new Runner(limits.deadline(), 1, 1, false, _ -> {});
    return switch (server.transport()) {
      case TCP ->
          runner.runAgainstServer(
              of(rule, CATALOGUE.tcpServers()),
              late -> new TcpServerScene(target, LocalEnd.ANY, limits.afterLateness(late)),
              () -> true);
      case UDP -> {
        LocalEnd local = new LocalEnd(null, new InetSocketAddress(target.getAddress(), 0));
        yield runner.runAgainstServer(
            of(rule, CATALOGUE.udpServers()),
            late -> new UdpServerScene(target, local, limits.afterLateness(late)),
            () -> true);
      }
    };
  }

  /** The cases in which boards with these habits call a server. */
  public static List<CaseResult> boards(Address server, BoardProfile profile, Limits limits)
      throws Exception {
    return boards(server, profile, limits, "");
  }

  /** The cases of one sentence, in which boards with these habits call a server. */
  public static List<CaseResult> boards(
      Address server, BoardProfile profile, Limits limits, String rule) throws Exception {
    InetSocketAddress target = server.resolve().getFirst();
    Runner runner = new Runner(limits.deadline(), 1, 1, false, _ -> {});
    return switch (server.transport()) {
      case TCP ->
          runner.run(
              of(rule, CATALOGUE.tcpBoards(profile)),
              () -> new TcpServerScene(target, LocalEnd.ANY, limits));
      case UDP -> {
        LocalEnd local = new LocalEnd(null, new InetSocketAddress(target.getAddress(), 0));
        yield runner.run(
            of(rule, CATALOGUE.udpBoards(profile)),
            () -> new UdpServerScene(target, local, limits));
      }
    };
  }

  /**
   * Cases for clients, against this one.
   *
   * @param rules what the sentences' IDs begin with
   */
  public static List<CaseResult> client(
      Transport transport, Subject subject, Limits limits, String rules) throws Exception {
    return client(transport, subject, limits, rules, 1, 1);
  }

  /** The same again and again, several at a time. */
  public static List<CaseResult> client(
      Transport transport, Subject subject, Limits limits, String rules, int repeat, int parallel)
      throws Exception {
    Runner runner = new Runner(limits.deadline(), repeat, parallel, false, _ -> {});
    Address local = new Address(transport, "127.0.0.1", 0);
    return switch (transport) {
      case TCP -> {
        Rehearsal rehearsal = new Rehearsal();
        yield runner.run(
            of(rules, CATALOGUE.tcpClients()), () -> tcpScene(local, subject, limits, rehearsal));
      }
      case UDP -> {
        ClientStarts allStarts = new ClientStarts();
        yield runner.run(
            of(rules, CATALOGUE.udpClients()), () -> udpScene(local, subject, limits, allStarts));
      }
    };
  }

  private static TcpClientScene tcpScene(
      Address local, Subject subject, Limits limits, Rehearsal rehearsal) {
    try {
      return TcpClientScene.atItsOwnPort(local.resolve(), subject, limits, rehearsal);
    } catch (SocketFailure e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UdpClientScene udpScene(
      Address local, Subject subject, Limits limits, ClientStarts allStarts) {
    try {
      return new UdpClientScene(local.resolve(), subject, limits, allStarts);
    } catch (SocketFailure e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <C extends Case<?>> List<C> of(String rules, List<C> cases) {
    return cases.stream().filter(each -> (each.rule().id() + "/").startsWith(rules)).toList();
  }

  /** Every case passed, but for what this machine does not allow to be tried. */
  public static void assertRight(List<CaseResult> results) {
    assertThat(results)
        .as(told(results))
        .allSatisfy(
            result -> assertThat(result.verdict()).isIn(CaseVerdict.PASS, CaseVerdict.SKIPPED));
    assertThat(results)
        .as("how connections ended")
        .extracting(CaseResult::closing)
        .filteredOn(Objects::nonNull)
        .allSatisfy(closing -> assertThat(closing.verdict()).isEqualTo(CaseVerdict.PASS));
  }

  /** What did not pass, and why. */
  public static String told(List<CaseResult> results) {
    return results.stream()
        .filter(result -> result.verdict() != CaseVerdict.PASS)
        .map(result -> result.verdict() + " " + result.id() + ": " + result.why())
        .collect(joining("\n"));
  }
}
