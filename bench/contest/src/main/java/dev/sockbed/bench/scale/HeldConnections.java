package dev.sockbed.bench.scale;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Connections that are there and say nothing. */
final class HeldConnections implements Closeable {
  /** Fewer than a server's backlog, so that none has to be asked for again. */
  private static final int AT_ONCE = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = 1_000_000;

  private final ObservedServer server;
  private final InetSocketAddress end;
  private final int base;
  private final List<SocketChannel> channels = new ArrayList<>();

  HeldConnections(ObservedServer server) throws IOException {
    this.server = server;
    this.end = server.address().literal();
    this.base = server.descriptors();
  }

  /** Opens more of them, until there are so many and the server has them all. */
  void growTo(int count) throws IOException {
    while (channels.size() < count) {
      for (int i = 0; i < AT_ONCE && channels.size() < count; i++) {
        channels.add(SocketChannel.open(end));
      }
      awaitDescriptors(base + channels.size());
    }
  }

  private void awaitDescriptors(int least) throws IOException {
    long start = System.nanoTime();
    while (server.descriptors() < least) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IOException(
            "the server has not taken all of " + channels.size() + " connections");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    channels.clear();
  }
}
