package dev.sockbed.bench.compare;

import dev.sockbed.bench.load.NotAnEchoException;
import dev.sockbed.bench.load.PreflightCheck;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressSyntaxException;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.command.NetworkException;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.socket.Reachable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Parameters;

/** The servers to compare over, where the user names some. */
final class TargetOptions {
  private static final Duration PREFLIGHT_PATIENCE = Duration.ofSeconds(2);

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..2",
      description = "Echo servers that run already, one a transport, as in tcp://10.0.0.7:10000.")
  private List<String> texts = new ArrayList<>();

  /** Whether the user named none, so that servers are to be started. */
  boolean none() {
    return texts.isEmpty();
  }

  /**
   * The servers, one for each transport. One that is named stands for both, as {@code serve}
   * listens on the same port for both.
   *
   * @throws UsageException if one can't be read, or two are named over one transport
   */
  Map<Transport, Address> byTransport() {
    Map<Transport, Address> given = new EnumMap<>(Transport.class);
    List<Address> parsed = texts.stream().map(TargetOptions::address).toList();
    for (Address target : parsed) {
      if (given.put(target.transport(), target) != null) {
        throw new UsageException(
            "two targets over " + target.transport().scheme() + ": give one a transport");
      }
    }
    if (!parsed.isEmpty()) {
      for (Transport transport : Transport.values()) {
        given.computeIfAbsent(transport, parsed.getFirst()::withTransport);
      }
    }
    return given;
  }

  /**
   * The same servers, each at one address for all that is measured, also where its name stands for
   * several.
   *
   * @param local from where they are to be reached
   * @throws SocketFailure if one can't be reached at any of them
   */
  static Map<Transport, Address> settled(Map<Transport, Address> targets, LocalEnd local)
      throws SocketFailure {
    Map<Transport, Address> settled = new EnumMap<>(Transport.class);
    for (Map.Entry<Transport, Address> target : targets.entrySet()) {
      settled.put(target.getKey(), Reachable.settled(target.getValue(), local));
    }
    return settled;
  }

  /**
   * Sends each server one message, so that what is no echo server is told before anything is
   * measured.
   *
   * @param sockets how the client's sockets are set up
   * @throws NetworkException if a server answers with other bytes
   * @throws IOException if one can't be reached
   */
  static void preflight(Map<Transport, Address> targets, Map<Transport, SocketConfig> sockets)
      throws IOException {
    for (Map.Entry<Transport, Address> target : targets.entrySet()) {
      try {
        SocketConfig socket = Objects.requireNonNull(sockets.get(target.getKey()));
        PreflightCheck.at(target.getValue(), socket, PREFLIGHT_PATIENCE);
      } catch (NotAnEchoException e) {
        throw new NetworkException(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Read here, since the command line takes a second operand that it can't read for unknown. */
  private static Address address(String text) {
    try {
      return Address.parse(text).asTarget();
    } catch (AddressSyntaxException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
