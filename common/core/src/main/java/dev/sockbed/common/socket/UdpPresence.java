package dev.sockbed.common.socket;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * At which of a name's addresses a UDP peer is. Connecting a UDP socket tells nothing of that, so
 * where there are several addresses, each is sent an empty datagram until one answers. Where none
 * does, the first that did not refuse it is as good a guess as can be made.
 */
final class UdpPresence {
  /** How long a refusal (ICMP port unreachable) or an answer may take to come back. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private enum Sign {
    ANSWERED,
    SILENT,
    ABSENT
  }

  private UdpPresence() {}

  /**
   * The addresses to try, in that order: only the one that answered, or else those that were silent
   * and then those that refused or can't be reached. A single one is not asked.
   *
   * @param local from where to ask, at any port
   */
  static List<InetSocketAddress> presentFirst(List<InetSocketAddress> remotes, LocalEnd local) {
    if (remotes.size() == 1) {
      return remotes;
    }
    List<InetSocketAddress> silent = new ArrayList<>();
    List<InetSocketAddress> absent = new ArrayList<>();
    for (InetSocketAddress remote : remotes) {
      switch (signOf(remote, local.withoutPort())) {
        case ANSWERED -> {
          return List.of(remote);
        }
        case SILENT -> silent.add(remote);
        case ABSENT -> absent.add(remote);
      }
    }
    silent.addAll(absent);
    return silent;
  }

  private static Sign signOf(InetSocketAddress remote, LocalEnd local) {
    UdpConfig config = UdpConfig.DEFAULT.withReceiveTimeout(PATIENCE);
    try (UdpSocket socket = UdpSocket.open(AddressFamily.of(remote.getAddress()), config)) {
      FirstReachable.bind(socket, local);
      socket.connect(remote);
      socket.send(ByteBuffer.allocate(0));
      socket.receive(ByteBuffer.allocateDirect(1), 1);
      return Sign.ANSWERED;
    } catch (SocketFailure e) {
      return e.error() == SocketError.TIMED_OUT ? Sign.SILENT : Sign.ABSENT;
    }
  }
}
