package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code serve} as a process: how it is waited for, and how it ends. */
@Tag("process")
class ServeProcessTest {
  private static final TcpConfig TCP = TcpConfig.DEFAULT.withReceiveTimeout(Peer.PATIENCE);
  private static final UdpConfig UDP = UdpConfig.DEFAULT.withReceiveTimeout(Peer.PATIENCE);

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalEndsItWithItsTotalsThoughACallerIsStillThere(String signal, int status)
      throws Exception {
    try (Peer serve = SockbedProcess.startInterruptible("serve", "--port", "0");
        TcpSocket caller = TcpSocket.connected(awaitListening(serve, Transport.TCP), TCP)) {
      echo(caller, 100);
      serve.signal(signal);
      long start = System.nanoTime();

      assertThat(serve.awaitExit()).isEqualTo(status);

      // It promises two seconds; the rest is for a machine with other things to do.
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
      assertThat(serve.errors().lines())
          .endsWith(
              "tcp: 1 connections accepted, 0 refused, 1 receives, 100 bytes, 1 dropped (stopped"
                  + " 1)",
              "udp: 0 datagrams received, 0 cut, 0 bytes, 0 dropped");
    }
  }

  @Test
  void standardInputIsNotReadUnlessThatIsAskedForAndLogLinesAreShort() throws Exception {
    try (Peer serve = SockbedProcess.start("serve", "--udp", "--port", "0")) {
      serve.endInput();
      Address server = awaitListening(serve, Transport.UDP);
      try (UdpSocket caller = UdpSocket.connected(server, UDP)) {
        caller.send(ByteBuffer.allocate(200));
        assertThat(caller.receive(ByteBuffer.allocate(128), 128)).isEqualTo(128);
        String from = Address.of(Transport.UDP, caller.localAddress()).toString();
        String cut = server + ": datagram cut to the receive limit: " + from + " (1 so far)\n";
        serve.awaitOutput("WARN  " + cut);
      }

      String port = String.valueOf(server.port());
      try (Peer second = SockbedProcess.start("serve", "--port", port)) {
        assertThat(second.awaitExit()).isEqualTo(ExitStatus.NETWORK);
        assertThat(second.output()).isEmpty();
        assertThat(second.errors().lines())
            .singleElement()
            .satisfies(
                line -> assertThat(line).startsWith("sockbed serve: ").contains(server.toString()));
      }
    }
  }

  @Test
  void quietlyServingItsStarterItEndsWithItsInput() throws Exception {
    try (Peer serve =
        SockbedProcess.start("serve", "--port", "0", "--quiet", "--stop-at-end-of-input")) {
      try (UdpSocket caller = UdpSocket.connected(awaitListening(serve, Transport.UDP), UDP)) {
        caller.send(ByteBuffer.allocate(200));
        assertThat(caller.receive(ByteBuffer.allocate(128), 128)).isEqualTo(128);
      }
      serve.endInput();

      assertThat(serve.awaitExit()).isEqualTo(ExitStatus.OK);
      assertThat(serve.errors()).isEmpty();
    }
  }

  /** The address in the line that scripts wait for. */
  private static Address awaitListening(Peer serve, Transport transport) {
    Pattern wholeLine = Pattern.compile("listening (" + transport.scheme() + "://\\S+)\n");
    MatchResult line =
        await()
            .atMost(Peer.PATIENCE)
            .until(
                () -> wholeLine.matcher(serve.output()).results().findFirst(), Optional::isPresent)
            .orElseThrow();
    return Address.parse(line.group(1));
  }

  private static void echo(BlockingSocket caller, int length) throws IOException {
    caller.send(ByteBuffer.allocate(length));
    ByteBuffer reply = ByteBuffer.allocate(length);
    while (reply.hasRemaining()) {
      caller.receive(reply, reply.remaining());
    }
  }
}
