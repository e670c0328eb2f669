package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The other end of a conversation, with its counts. */
abstract sealed class Peer permits TcpPeer, UdpPeer {
  private final Journal journal;
  private final AutoReply autoReply;
  private final int number;
  private final InetSocketAddress remote;
  private final String address;
  private final Instant since = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private final AtomicLong messagesIn = new AtomicLong();
  private final AtomicLong bytesIn = new AtomicLong();
  private final AtomicLong messagesOut = new AtomicLong();
  private final AtomicLong bytesOut = new AtomicLong();
  private final AtomicLong waitingBytes = new AtomicLong();

  Peer(Transport transport, InetSocketAddress remote, Journal journal, AutoReply autoReply) {
    this.remote = remote;
    this.journal = journal;
    this.autoReply = autoReply;
    this.number = journal.nextPeer();
    this.address = Address.of(transport, remote).toString();
  }

  final int number() {
    return number;
  }

  final InetSocketAddress remote() {
    return remote;
  }

  final String address() {
    return address;
  }

  final Journal journal() {
    return journal;
  }

  final void addWaiting(long bytes) {
    waitingBytes.addAndGet(bytes);
  }

  final PeerSnapshot snapshot() {
    return new PeerSnapshot(
        number,
        address,
        since,
        state(),
        messagesIn.get(),
        bytesIn.get(),
        messagesOut.get(),
        bytesOut.get(),
        waitingBytes.get());
  }

  /** How it stands. */
  abstract PeerState state();

  /** Queues something for it; false if too much waits or it is gone. */
  abstract boolean offer(Outgoing outgoing);

  /**
   * Ends the conversation: by a goodbye, after what waits was sent, or by a reset.
   *
   * @param note what the transcript will say
   */
  abstract void end(boolean reset, String note);

  /** Whether a rule may answer it now. */
  abstract boolean mayAnswer();

  /** Puts bytes on their way. */
  abstract void transmit(ByteBuffer bytes) throws SocketFailure;

  /** How files are cut up for it. */
  abstract FileTransfer.Pace filePace();

  /** What was received is written down, and answered if a rule says so. */
  final void received(ByteBuffer bytes, boolean cut) {
    messagesIn.incrementAndGet();
    bytesIn.addAndGet(bytes.remaining());
    journal.received(this, bytes, cut);
    Bytes answer = autoReply.answerTo(bytes);
    if (answer != null && !(mayAnswer() && offer(new Outgoing.Message(answer, true)))) {
      journal.withheld();
    }
  }

  /** Sends what was queued; called by the outbox's thread. */
  final void deliver(Outgoing outgoing) throws SocketFailure {
    switch (outgoing) {
      case Outgoing.Message message -> deliver(message);
      case Outgoing.File file -> deliver(file.transfer());
    }
  }

  private void deliver(Outgoing.Message message) throws SocketFailure {
    journal.sending(this, message.bytes(), message.automatic() ? "automatic reply" : "");
    try {
      transmit(message.bytes().buffer());
      countSent(message.bytes().length());
    } catch (SocketFailure e) {
      journal.unsent(1);
      throw e;
    }
  }

  private void deliver(FileTransfer transfer) throws SocketFailure {
    String told = "stopped: " + transfer.name();
    try {
      long sent = transfer.sendTo(this);
      told = sent == transfer.size() ? "sent " + transfer.name() : told;
      journal.tell(RowKind.FILE, this, told + ", " + sent + " of " + transfer.size() + " bytes");
    } catch (SocketFailure e) {
      journal.unsent(1);
      throw e;
    } catch (IOException e) {
      journal.unsent(1);
      journal.tell(RowKind.ERROR, this, "can't read " + transfer.name() + ": " + e.getMessage());
    } finally {
      transfer.oneDone();
    }
  }

  /** Counts what was sent. */
  final void countSent(int length) {
    messagesOut.incrementAndGet();
    bytesOut.addAndGet(length);
    journal.sent(length);
  }

  /** Writes down that what waited for this peer will not be sent. */
  final void unsent(Iterable<Outbox.Parcel> parcels) {
    int messages = 0;
    for (Outbox.Parcel parcel : parcels) {
      messages++;
      if (parcel.what() instanceof Outgoing.File file) {
        file.transfer().oneDone();
      }
    }
    if (messages > 0) {
      journal.unsent(messages);
      journal.tell(RowKind.ERROR, this, messages + " messages that waited were not sent");
    }
  }
}
