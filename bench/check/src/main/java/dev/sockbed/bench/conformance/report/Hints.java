package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import java.util.Map;
import java.util.Optional;

/** Where a porter is to look when a sentence is not kept: a call, and a step of docs/porting.md. */
final class Hints {
  private static final String SERVER = "docs/porting.md, a server, step ";
  private static final String CLIENT = "docs/porting.md, a client, step ";
  private static final String BOARD = "docs/porting.md, a board's program";

  private static final String DEATH =
      "look at how it ended; exit status 141, or signal 13, is SIGPIPE: " + SERVER + "5. Else ";

  private static final Map<String, String> BY_RULE =
      Map.ofEntries(
          Map.entry("echo/tcp/1.1", "send exactly the bytes that recv gave; " + SERVER + "3"),
          Map.entry("echo/tcp/1.2", "print to the log, and not to the socket; " + SERVER + "3"),
          Map.entry("echo/tcp/1.3", "keep bytes, don't decode or strip them; " + SERVER + "3"),
          Map.entry("echo/tcp/1.4", "a recv is no message; " + SERVER + "3"),
          Map.entry("echo/tcp/1.5", "recv up to 128 bytes, and don't read lines; " + SERVER + "3"),
          Map.entry("echo/tcp/1.6", "go round recv and send without a limit; " + SERVER + "3"),
          Map.entry("echo/tcp/1.7", "send may take a part: send the rest; " + SERVER + "3"),
          Map.entry("echo/tcp/1.8", "setsockopt TCP_NODELAY; " + SERVER + "6"),
          Map.entry("echo/tcp/2.1", "accept in a loop, and serve each apart; " + SERVER + "2"),
          Map.entry("echo/tcp/2.2", "never block all in one's recv or send; " + SERVER + "2"),
          Map.entry("echo/tcp/2.3", "a buffer of its own for each; " + SERVER + "2"),
          Map.entry("echo/tcp/2.4", "close each socket; in C ignore SIGPIPE; " + SERVER + "5"),
          Map.entry("echo/tcp/2.5", "an error ends one connection only; " + SERVER + "5"),
          Map.entry("echo/tcp/2.6", "recv of 0 bytes may come first; " + SERVER + "4"),
          Map.entry("echo/tcp/2.7", "close each socket when it is done; " + SERVER + "5"),
          Map.entry("echo/tcp/3.1", "close only when recv gave 0 bytes; " + SERVER + "4"),
          Map.entry("echo/tcp/3.2", "send all before close; " + SERVER + "4"),
          Map.entry("echo/tcp/3.3", "close when recv gave 0 bytes; " + SERVER + "4"),
          Map.entry("echo/tcp/3.4", "read all before close, no linger of 0; " + SERVER + "4"),
          Map.entry("echo/tcp/4.1", "connect, then send first; " + CLIENT + "1"),
          Map.entry("echo/tcp/4.2", "exit with 0 when all is back; " + CLIENT + "1"),
          Map.entry("echo/tcp/4.3", "recv until as many bytes are back; " + CLIENT + "2"),
          Map.entry("echo/tcp/4.4", "compare every byte of every message; " + CLIENT + "2"),
          Map.entry("echo/tcp/4.5", "recv of 0 bytes is a failure; " + CLIENT + "2"),
          Map.entry("echo/tcp/4.6", "settimeout before recv; " + CLIENT + "4"),
          Map.entry("echo/tcp/4.7", "an error of connect is a failure; " + CLIENT + "4"),
          Map.entry("echo/tcp/4.8", "close without linger of 0; " + CLIENT + "1"),
          Map.entry("echo/udp/1.3", "recvfrom 128 bytes, sendto what it gave; " + SERVER + "7"),
          Map.entry("echo/udp/1.8", "a larger SO_RCVBUF or mailbox; " + SERVER + "7"),
          Map.entry("echo/udp/1.9", "no pause between recvfrom and sendto; " + SERVER + "7"),
          Map.entry("echo/udp/2.2", "sendto by the socket that received; " + SERVER + "7"),
          Map.entry("echo/udp/2.3", "don't answer ports below 1024; " + SERVER + "7"),
          Map.entry("echo/udp/3.1", "an error of recvfrom is no end; " + SERVER + "7"),
          Map.entry("echo/udp/3.2", "an empty datagram is no end; " + SERVER + "7"),
          Map.entry("echo/udp/4.4", "settimeout before recv; " + CLIENT + "4"),
          Map.entry("echo/udp/4.6", "connect the socket; " + CLIENT + "3"));

  private Hints() {}

  /** What to look at; empty for a case that passed, and where there is nothing to say. */
  static Optional<String> of(CaseResult result) {
    if (result.verdict() != CaseVerdict.FAIL && result.verdict() != CaseVerdict.NON_STRICT) {
      return Optional.empty();
    }
    String rule = result.rule();
    String hint = BY_RULE.get(rule);
    if (hint == null) {
      hint =
          rule.startsWith("device/")
              ? BOARD
              : rule.startsWith("echo/udp/4")
                  ? CLIENT + "3"
                  : rule.startsWith("echo/udp/") ? SERVER + "7" : "docs/protocol.md, " + rule;
    }
    String why = result.why();
    boolean died = why != null && why.contains(CaseResult.SERVER_DIED);
    return Optional.of(died ? DEATH + hint : hint);
  }
}
