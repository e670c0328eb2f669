package dev.sockbed.server.assistant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A file on its way to one peer or several; each reads it for itself. */
final class FileTransfer {

  /** Where the bytes come from; opened once for each peer. */
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * How a file is cut up.
   *
   * @param chunkBytes bytes a send: over UDP, a datagram
   * @param pause between two sends, so that datagrams do not overrun whoever reads them
   */
  record Pace(int chunkBytes, Duration pause) {}

  private final String name;
  private final long size;
  private final int peers;
  private final Source source;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicInteger left;
  private volatile boolean stopped;

  FileTransfer(String name, long size, int peers, Source source) {
    this.name = name;
    this.size = size;
    this.peers = peers;
    this.source = source;
    this.left = new AtomicInteger(peers);
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  boolean done() {
    return left.get() <= 0;
  }

  /** Stops it between two chunks. */
  void stop() {
    stopped = true;
  }

  /** One peer has it, or will not get it. */
  void oneDone() {
    left.decrementAndGet();
  }

  FileProgress progress() {
    return new FileProgress(name, sent.get(), size * peers, left.get());
  }

  /**
   * Sends it to a peer.
   *
   * @return the number of bytes sent, which is its size unless it was stopped or has shrunk
   */
  long sendTo(Peer peer) throws IOException {
    Pace pace = peer.filePace();
    byte[] chunk = new byte[pace.chunkBytes()];
    long total = 0;
    try (InputStream in = source.open()) {
      int length;
      while (!stopped
          && peer.state() != PeerState.GONE
          && total < size
          && (length = in.readNBytes(chunk, 0, chunk.length)) > 0) {
        peer.transmit(ByteBuffer.wrap(chunk, 0, length), () -> {});
        peer.countSent(length);
        sent.addAndGet(length);
        total += length;
        if (pace.pause().isPositive()) {
          LockSupport.parkNanos(pace.pause().toNanos());
        }
      }
    }
    return total;
  }
}
