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

  /** It waits now to be sent to this peer. */
  final void queued(Outgoing outgoing) {
    waitingBytes.addAndGet(outgoing.waitingBytes());
    journal.deliveries().queued(outgoing);
  }

  /** It waits no more: it was sent, or told to be {@linkplain #notSent not}. */
  final void finished(Outgoing outgoing) {
    waitingBytes.addAndGet(-outgoing.waitingBytes());
    journal.deliveries().finished(outgoing);
  }

  /** Counts and writes down that something was not sent, and why. */
  final void notSent(Outgoing outgoing, String why) {
    journal.unsent(1);
    journal.deliveries().failed(outgoing, "not sent to peer " + number + ": " + why);
    journal.tell(RowKind.ERROR, this, "not sent: " + why);
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

  /** Begins its counts anew; what waits for it stays. */
  final void resetCounts() {
    for (AtomicLong count : new AtomicLong[] {messagesIn, bytesIn, messagesOut, bytesOut}) {
      count.set(0);
    }
  }

  /** How it stands. */
  abstract PeerState state();

  /** Queues something for it; false if too much waits or it is gone. */
  abstract boolean offer(Outgoing outgoing);

  /**
   * Ends the conversation.
   *
   * @param note what the transcript will say
   */
  abstract void end(Parting parting, String note);

  /**
   * Whether rules may look at what it sent now.
   *
   * @param steps what that costs, as of {@link AutoReply#steps}
   */
  abstract boolean mayBeMatched(long steps);

  /** Whether a rule may answer it now. */
  abstract boolean mayAnswer();

  /**
   * Puts bytes on their way.
   *
   * @param written writes down that they are; run once they are, but before what may answer them is
   *     written down. It is not run if they can't be sent.
   */
  abstract void transmit(ByteBuffer bytes, Runnable written) throws SocketFailure;

  /** How files are cut up for it. */
  abstract FileTransfer.Pace filePace();

  /** What was received is counted and written down. */
  final void writeDown(ByteBuffer bytes, boolean cut) {
    messagesIn.incrementAndGet();
    bytesIn.addAndGet(bytes.remaining());
    journal.received(this, bytes, cut);
  }

  /** What was received is answered if a rule says so. */
  final void answer(ByteBuffer bytes) {
    if (!mayBeMatched(autoReply.steps(bytes.remaining()))) {
      journal.withheld();
      return;
    }
    Bytes answer = autoReply.answerTo(bytes);
    if (answer != null && !(mayAnswer() && offer(new Outgoing.Message(answer, Outgoing.By.RULE)))) {
      journal.withheld();
    }
  }

  /** Sends what was queued; called by the outbox's thread. */
  final void deliver(Outgoing outgoing) throws SocketFailure {
    switch (outgoing) {
      case Outgoing.Message message -> deliver(message);
      case Outgoing.File file -> deliver(file);
    }
  }

  private void deliver(Outgoing.Message message) throws SocketFailure {
    String note = message.by() == Outgoing.By.RULE ? "automatic reply" : "";
    transmit(message.bytes().buffer(), () -> journal.sent(this, message.bytes(), note));
    countSent(message.bytes().length());
  }

  private void deliver(Outgoing.File file) throws SocketFailure {
    FileTransfer transfer = file.transfer();
    try {
      long sent = transfer.sendTo(this);
      String count = transfer.name() + ", " + sent + " of " + transfer.size() + " bytes";
      if (sent == transfer.size()) {
        journal.tell(RowKind.FILE, this, "sent " + count);
      } else {
        journal.deliveries().failed(file, "not all sent to peer " + number + ": " + count);
        journal.tell(RowKind.FILE, this, "stopped: " + count);
      }
    } catch (SocketFailure e) {
      throw e;
    } catch (IOException e) {
      notSent(file, "can't read " + transfer.name() + ": " + e.getMessage());
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

  /**
   * Writes down that what waited for this peer will not be sent.
   *
   * @param meant whether this end threw it away on purpose
   */
  final void abandoned(Iterable<Outbox.Parcel> parcels, boolean meant) {
    int messages = 0;
    for (Outbox.Parcel parcel : parcels) {
      messages++;
      if (parcel.what() instanceof Outgoing.File file) {
        file.transfer().oneDone();
      }
      if (!meant) {
        journal
            .deliveries()
            .failed(parcel.what(), "not sent to peer " + number + ", which ended before");
      }
      finished(parcel.what());
    }
    if (messages > 0) {
      journal.unsent(messages);
      journal.tell(RowKind.ERROR, this, messages + " messages that waited were not sent");
    }
  }
}
