package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Opens sessions of each mode, where that is allowed. */
final class SessionOpener {
  /** How long a TCP peer may leave a message unread before it is given up. */
  private static final Duration PATIENCE_WITH_PEER = Duration.ofSeconds(30);

  private final boolean allowRemote;
  private final TcpConfig tcp;
  private final UdpConfig udp;
  private final Journal journal;
  private final AutoReply autoReply;
  private final Runnable whenConnectionEnded;

  /**
   * Opens sessions that write to a journal.
   *
   * @param allowRemote whether to listen on addresses that other machines can reach
   * @param tcp how TCP sockets are set; the receive limit and the send timeout are the session's
   * @param udp how UDP sockets are set; the receive limit is the session's
   * @param whenConnectionEnded what to do when a TCP client's connection has ended
   */
  SessionOpener(
      boolean allowRemote,
      TcpConfig tcp,
      UdpConfig udp,
      Journal journal,
      AutoReply autoReply,
      Runnable whenConnectionEnded) {
    this.allowRemote = allowRemote;
    this.tcp = tcp;
    this.udp = udp;
    this.journal = journal;
    this.autoReply = autoReply;
    this.whenConnectionEnded = whenConnectionEnded;
  }

  /**
   * Binds or connects the sockets.
   *
   * @throws AssistantException if the address may not be used
   * @throws SocketFailure if a socket's calls fail
   */
  Session open(SessionSetup wanted) throws AssistantException, SocketFailure {
    TcpConfig tcp =
        this.tcp.withReceiveLimit(wanted.receiveLimit()).withSendTimeout(PATIENCE_WITH_PEER);
    UdpConfig udp = this.udp.withReceiveLimit(wanted.receiveLimit());
    return switch (wanted.mode()) {
      case TCP_SERVER -> TcpServerSession.open(localEnds(wanted), tcp, journal, autoReply);
      case TCP_CLIENT ->
          TcpClientSession.open(wanted.address(), tcp, journal, autoReply, whenConnectionEnded);
      case UDP -> UdpSession.open(localEnds(wanted), udp, journal, autoReply);
    };
  }

  /** Does what comes after the transcript has told that it is open. */
  static void begin(Session opened, SessionSetup wanted) throws SocketFailure {
    switch (opened) {
      case TcpServerSession _ -> {}
      case TcpClientSession client -> client.start();
      case UdpSession udp -> {
        Address remote = wanted.remote();
        if (remote != null) {
          udp.peerAt(remote);
        }
      }
    }
  }

  /** All addresses that a name stands for. */
  private List<InetSocketAddress> localEnds(SessionSetup wanted)
      throws AssistantException, SocketFailure {
    List<InetSocketAddress> locals = wanted.address().resolve();
    for (InetSocketAddress local : locals) {
      if (!allowRemote && !local.getAddress().isLoopbackAddress()) {
        throw new AssistantException(
            Fault.REMOTE_NOT_ALLOWED,
            local.getAddress().getHostAddress()
                + " can be reached from other machines; start the assistant with --allow-remote if"
                + " you mean that");
      }
    }
    return locals;
  }
}
