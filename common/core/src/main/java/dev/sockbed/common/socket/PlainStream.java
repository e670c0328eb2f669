package dev.sockbed.common.socket;

import dev.sockbed.common.TcpConfig;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A stream by one {@code send(2)} or {@code recv(2)} after the other.
 *
 * @see PlainDatagrams
 */
final class PlainStream implements StreamIo {
  private final SocketChannel channel;
  private final TcpConfig config;
  private final Watchdog.@Nullable Guard sendGuard;

  /** Null if {@code recv} itself waits. */
  private @Nullable ChannelWait wait;

  PlainStream(SocketChannel channel, TcpConfig config) {
    this.channel = channel;
    this.config = config;
    this.sendGuard =
        config.sendTimeout().isZero()
            ? null
            : Watchdog.guard(config.sendTimeout(), this::closeChannel);
  }

  @Override
  public void connected() throws IOException {
    wait = ChannelWait.unlessPlain(channel, config);
  }

  @Override
  public void send(ByteBuffer message) throws IOException {
    Watchdog.Guard guard = sendGuard;
    if (guard == null) {
      write(message);
      return;
    }
    guard.arm(config.sendTimeout().toNanos());
    try {
      write(message);
    } catch (ClosedChannelException e) {
      throw guard.expired()
          ? (IOException) new SocketTimeoutException("not read in time").initCause(e)
          : e;
    } finally {
      guard.disarm();
    }
  }

  private void write(ByteBuffer message) throws IOException {
    while (message.hasRemaining()) {
      if (channel.write(message) == 0) {
        ChannelWait.forRoom(this, config.waiting()); // Its peer does not read.
      }
    }
    if (!channel.isOpen()) {
      // A virtual thread's write that waits while the channel is closed returns as if it was done.
      throw new ClosedChannelException();
    }
  }

  @Override
  public int receive(ByteBuffer buffer) throws IOException {
    if (wait == null) {
      return channel.read(buffer);
    }
    wait.begin();
    int received;
    while ((received = channel.read(buffer)) == 0) {
      wait.await();
    }
    return received;
  }

  /** Whether it is not closed. */
  boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    if (sendGuard != null) {
      sendGuard.close();
    }
    closeChannel();
  }

  private void closeChannel() {
    Unchecked.close(wait != null ? wait : channel);
  }
}
