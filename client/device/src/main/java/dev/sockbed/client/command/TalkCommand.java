package dev.sockbed.client.command;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressSyntaxException;
import dev.sockbed.common.Durations;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.command.ClientSocketOptions;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.NetworkException;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sockbed talk ADDRESS}: standard input goes out, what arrives is printed. */
@Command(
    name = "talk",
    description = {
      "Talk to a TCP or UDP peer: standard input goes out, what arrives is printed.",
      "",
      "Over TCP the bytes pass as they are. At the end of the input our side of the connection is"
          + " closed, and what still comes is printed until the peer closes too.",
      "Over UDP each line is one datagram, without its line feed, and each datagram that arrives"
          + " is printed on a line. After the end of the input, replies are awaited until none"
          + " has come for --idle-timeout.",
      "On a terminal, control characters in what arrives are spelled out, as in \\x1b.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./sockbed talk tcp://127.0.0.1:10000  # type lines; Ctrl-D ends",
      "  ./sockbed talk tcp://127.0.0.1:10000 < file > echo  # bytes pass unchanged",
      "  echo hello | ./sockbed talk udp://127.0.0.1:10000  # one datagram, one reply",
      "  echo 0x01 ff 7A | ./sockbed talk --hex tcp://127.0.0.1:10000",
      "  ./sockbed talk tcp://localhost:10000 --ipv6 --local ::1",
      "",
      "Exit status: 0 good, 2 wrong usage or input, 3 refused, reset, silent or closed",
      "too early, 130 interrupted."
    })
public final class TalkCommand implements Callable<Integer> {
  private static final Duration TCP_IDLE = Duration.ofMinutes(1);
  private static final Duration UDP_IDLE = Duration.ofSeconds(1);

  private final Supplier<StandardStreams> streams;

  @Spec private CommandSpec spec;
  @Mixin private ClientSocketOptions sockets;

  @Parameters(
      paramLabel = "ADDRESS",
      description = "The peer: tcp://HOST:PORT or udp://HOST:PORT, IPv6 as in tcp://[::1]:10000.")
  private Address address;

  @Option(
      names = "--hex",
      description = {
        "Read lines of hexadecimal (48 65, 4865 or 0x48 0x65) and print a line of it for each"
            + " receive."
      })
  private boolean hex;

  @Option(
      names = {"--connect-timeout", "--timeout"},
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = Values.PositiveDuration.class,
      description = "How long connecting may take (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = {"--idle-timeout", "--idle"},
      paramLabel = "TIME",
      converter = Values.PositiveDuration.class,
      description = {
        "How long the peer may be silent after the end of the input, or take none of it (default:"
            + " 1s over UDP, where silence is the end; 1m over TCP, where it is a failure)."
      })
  private @Nullable Duration idle;

  @Option(names = "--quiet", description = "No line that says who talks to whom.")
  private boolean quiet;

  /** Talks through the streams of this process. */
  public TalkCommand() {
    this(StandardStreams::ofProcess);
  }

  TalkCommand(Supplier<StandardStreams> streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    Address peer = peer();
    sockets.system().checkFor(List.of(peer.transport()));
    return switch (peer.transport()) {
      case TCP -> talkTcp(peer, streams.get());
      case UDP -> talkUdp(peer, streams.get());
    };
  }

  private Address peer() {
    try {
      return address.asTarget();
    } catch (AddressSyntaxException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private int talkTcp(Address peer, StandardStreams streams) throws Exception {
    // The talk itself bounds the sending, and lets the reader of our output take its time.
    TcpConfig config = sockets.tcp().withConnectTimeout(timeout).withSendTimeout(Duration.ZERO);
    Duration longestSilence = idle == null ? TCP_IDLE : idle;
    TcpSocket socket = TcpSocket.connected(peer, config);
    announce(socket, streams);
    Talk talk = new TcpTalk(socket, config, streams.in(), hex, display(streams), longestSilence);
    return switch (talk.run()) {
      case PEER_CLOSED -> {
        String what = "the peer closed the connection before the end of the input";
        if (!streams.inputIsTerminal()) {
          throw new NetworkException(what); // The input may be lost.
        }
        note(what); // A person sees that, and stops typing.
        yield ExitStatus.OK;
      }
      case SILENCE ->
          throw new NetworkException(
              "the peer neither took nor sent a byte for "
                  + Durations.inWords(longestSilence)
                  + " (see --idle-timeout)");
      default -> ExitStatus.OK;
    };
  }

  private int talkUdp(Address peer, StandardStreams streams) throws Exception {
    UdpConfig config = sockets.udp();
    Duration longestSilence = idle == null ? UDP_IDLE : idle;
    UdpSocket socket = UdpSocket.connected(peer, config);
    announce(socket, streams);
    UdpTalk talk =
        new UdpTalk(
            socket, config, streams.in(), hex, display(streams), longestSilence, this::note);
    if (talk.run() == Talk.Ending.SILENCE && !talk.receivedAnything()) {
      note(
          "nothing came back within "
              + Durations.inWords(longestSilence)
              + " (see --idle-timeout)");
    }
    if (talk.cut() > 1) {
      note(talk.cut() + " datagrams were cut to " + config.receiveLimit() + " bytes in all");
    }
    return ExitStatus.OK;
  }

  private Display display(StandardStreams streams) {
    if (hex) {
      return new Display(streams.out(), Display.Format.HEX);
    }
    return new Display(
        streams.out(), streams.outputIsTerminal() ? Display.Format.ESCAPED : Display.Format.RAW);
  }

  private void announce(BlockingSocket socket, StandardStreams streams) throws SocketFailure {
    if (!quiet) {
      FiveTuple conversation = socket.fiveTuple();
      String hint = streams.inputIsTerminal() ? " (Ctrl-D ends)" : "";
      PrintWriter err = spec.commandLine().getErr();
      err.println("talking " + conversation + hint);
      if (sockets.system().any()) {
        err.println("granted " + socket.options());
      }
      err.flush();
    }
  }

  private void note(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + text);
    err.flush();
  }
}
