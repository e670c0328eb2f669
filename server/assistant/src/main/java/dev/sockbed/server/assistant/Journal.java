package dev.sockbed.server.assistant;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Where sessions write what happens: rows and counts. */
final class Journal {
  private final Transcript transcript;
  private final Deliveries deliveries = new Deliveries();
  private final AtomicInteger lastPeer = new AtomicInteger();

  private final LongAdder connected = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder receives = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final LongAdder sends = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private final LongAdder unsent = new LongAdder();
  private final LongAdder withheld = new LongAdder();

  Journal(Transcript transcript) {
    this.transcript = transcript;
  }

  /** What was queued and is not sent yet. */
  Deliveries deliveries() {
    return deliveries;
  }

  /** The next peer's number; they count from 1 and are not used again. */
  int nextPeer() {
    return lastPeer.incrementAndGet();
  }

  void session(RowKind kind, String address, String note) {
    transcript.tell(kind, 0, address, note);
  }

  void connected(Peer peer, String note) {
    connected.increment();
    transcript.tell(RowKind.CONNECTED, peer.number(), peer.address(), note);
  }

  void disconnected(Peer peer, String why) {
    transcript.tell(RowKind.DISCONNECTED, peer.number(), peer.address(), why);
  }

  void refused(String address, String why) {
    refused.increment();
    transcript.tell(RowKind.NOTE, 0, address, why);
  }

  void received(Peer peer, ByteBuffer bytes, boolean wasCut) {
    receives.increment();
    bytesIn.add(bytes.remaining());
    if (wasCut) {
      cut.increment();
    }
    transcript.add(
        RowKind.RECEIVED,
        peer.number(),
        peer.address(),
        bytes.remaining(),
        Bytes.copyOf(bytes, Transcript.MOST_BYTES_A_ROW),
        wasCut,
        "");
  }

  void sent(Peer peer, Bytes bytes, String note) {
    transcript.add(RowKind.SENT, peer.number(), peer.address(), bytes.length(), bytes, false, note);
  }

  void sent(int length) {
    sends.increment();
    bytesOut.add(length);
  }

  void unsent(long messages) {
    unsent.add(messages);
  }

  void withheld() {
    withheld.increment();
  }

  void tell(RowKind kind, Peer peer, String note) {
    transcript.tell(kind, peer.number(), peer.address(), note);
  }

  Totals totals() {
    return new Totals(
        connected.sum(),
        refused.sum(),
        receives.sum(),
        bytesIn.sum(),
        cut.sum(),
        sends.sum(),
        bytesOut.sum(),
        unsent.sum(),
        withheld.sum());
  }

  void reset() {
    for (LongAdder counter :
        new LongAdder[] {
          connected, refused, receives, bytesIn, cut, sends, bytesOut, unsent, withheld
        }) {
      counter.reset();
    }
  }
}
