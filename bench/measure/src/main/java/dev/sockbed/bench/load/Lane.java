package dev.sockbed.bench.load;

import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.io.Closeable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A way for messages to a peer and back: what differs between the transports, and nothing else. One
 * thread at a time sends and one receives; they may be two. Any may close.
 */
sealed interface Lane extends Closeable permits TcpLane, UdpLane {
  /** What {@link #receive} returns when the peer has closed the connection. */
  int END_OF_STREAM = -1;

  /** What {@link #receive} returns when it was told to wait no longer. */
  int NOTHING_YET = -2;

  /** A lane for that plan, not connected yet. */
  static Lane of(LoadPlan plan) {
    return switch (plan.socket()) {
      case TcpConfig config -> new TcpLane(plan.target(), config, plan.sizes());
      case UdpConfig config -> new UdpLane(plan.target(), config);
    };
  }

  /**
   * Opens a socket to the peer, in place of one that is closed.
   *
   * @throws SocketFailure as of {@code connect(2)}
   */
  void connect() throws SocketFailure;

  /** This end's port, or -1 before the first {@link #connect}. */
  int localPort();

  /**
   * What the system knows about the connection.
   *
   * @return null if there is none, or the system does not tell
   */
  default @Nullable StreamState stream() {
    return null;
  }

  /**
   * What the system says that the socket's options are.
   *
   * @return null if there is no socket that is open
   */
  @Nullable GrantedOptions options() throws SocketFailure;

  /** Whether there is a socket and nothing has closed it. */
  boolean isConnected();

  /**
   * Sends one message.
   *
   * @param sequence its number; after {@link #connect} any, then each one more than the last
   * @return how many earlier messages the system reported as refused meanwhile
   * @throws SocketFailure if it could not be sent
   */
  int send(ByteBuffer message, long sequence) throws SocketFailure;

  /**
   * Sends one message, perhaps together with those that follow; {@link #flush} at the latest sends
   * it.
   *
   * @param sequence as of {@link #send}
   * @return false if there is no room for it before a flush; it was not taken then
   * @throws SocketFailure if it could not be sent
   */
  boolean enqueue(ByteBuffer message, long sequence) throws SocketFailure;

  /**
   * As {@link #enqueue}, of messages of one size that stand one after the other in the buffer,
   * whose position moves behind those that were taken.
   *
   * @param sequence the first one's number; the others follow
   * @return false if there is no room for all before a flush
   * @throws SocketFailure if those from the buffer's position on could not be sent
   */
  boolean enqueueRun(ByteBuffer messages, int size, long sequence) throws SocketFailure;

  /**
   * Sends what {@link #enqueue} has kept.
   *
   * @return how many earlier messages the system reported as refused meanwhile
   * @throws SocketFailure if one could not be sent; {@link #enqueued} are left
   */
  int flush() throws SocketFailure;

  /** How many messages wait for a {@link #flush}, if the transport knows of messages; else 0. */
  int enqueued();

  /** Whether the next {@link #receive} has something without waiting. */
  boolean hasReceived();

  /**
   * Waits for one receive call and hands on the messages that it completed.
   *
   * @return how many messages those were, perhaps 0; {@link #END_OF_STREAM} or {@link #NOTHING_YET}
   * @throws SocketFailure REFUSED for an earlier message (UDP); RESET or CLOSED when the connection
   *     is gone
   */
  int receive(Replies replies) throws SocketFailure;

  /**
   * Whether the transport can lose one message and carry the next. If not, there is no use in going
   * on after one that is overdue.
   */
  boolean isLossy();

  /**
   * Tells a receive, from another thread, that it has waited long enough. Over UDP it returns
   * {@link #NOTHING_YET}, and the lane goes on; a TCP connection can't skip what is missing, so it
   * is broken off.
   */
  void endWaiting();

  /** Closes the socket; a waiting call fails. The lane may be connected again. */
  @Override
  void close();
}
