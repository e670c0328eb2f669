package dev.sockbed.server.assistant;

import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Somebody who sent a datagram, or whom the person named. There is no connection: it is listed, and
 * that is all.
 *
 * @see TcpPeer
 */
final class UdpPeer extends Peer {
  /** Small enough to cross an Ethernet in one frame. */
  private static final FileTransfer.Pace FILE_PACE =
      new FileTransfer.Pace(1024, Duration.ofNanos(100_000));

  private final UdpEnd here;
  private final UdpSession session;
  private final ReplyAllowance allowance = new ReplyAllowance(ReplyAllowance.A_SECOND_EACH);
  private final ReplyAllowance steps = new ReplyAllowance(ReplyAllowance.STEPS_A_SECOND_EACH);
  private volatile PeerState state = PeerState.CONNECTED;

  UdpPeer(
      UdpEnd here,
      InetSocketAddress remote,
      UdpSession session,
      Journal journal,
      AutoReply autoReply) {
    super(Transport.UDP, remote, journal, autoReply);
    this.here = here;
    this.session = session;
  }

  /** Which of our sockets talks to it. */
  UdpEnd here() {
    return here;
  }

  @Override
  PeerState state() {
    return state;
  }

  @Override
  boolean offer(Outgoing outgoing) {
    return state == PeerState.CONNECTED && session.offer(new Outbox.Parcel(this, outgoing));
  }

  @Override
  void end(Parting parting, String note) {
    gone("forgotten");
    session.forget(this);
  }

  /** It is listed no more. */
  void gone(String why) {
    state = PeerState.GONE;
    journal().disconnected(this, why);
  }

  /** One thread looks at what all of them sent, so none may take more than its part of it. */
  @Override
  boolean mayBeMatched(long steps) {
    return this.steps.takeOnCredit(steps);
  }

  /**
   * Datagrams may bear a forged source, so what answers them by itself could be turned against
   * somebody, or against another thing that answers by itself. The mark by which echo servers know
   * each other's replies is of no use here: who takes none that bear it would not see what an echo
   * server replies.
   */
  @Override
  boolean mayAnswer() {
    return here.mayAnswer(remote()) && allowance.take() && session.takeReply();
  }

  @Override
  void transmit(ByteBuffer bytes, Runnable written) throws SocketFailure {
    session.transmit(this, bytes, written);
  }

  @Override
  FileTransfer.Pace filePace() {
    return FILE_PACE;
  }
}
