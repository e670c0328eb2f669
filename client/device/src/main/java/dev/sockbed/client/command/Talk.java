package dev.sockbed.client.command;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.Watchdog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A talk between standard input and output and a peer: one thread sends what is read, another shows
 * what arrives. The one that receives decides when the talk is over; the one that sends may then
 * still wait for input, and is left behind.
 */
abstract sealed class Talk permits TcpTalk, UdpTalk {
  /** How a talk was over. */
  enum Ending {
    /** All input was sent, and all that the peer sent is shown. */
    DONE,
    /** The peer closed, and there may be more input. */
    PEER_CLOSED,
    /** The peer took and gave nothing for as long as may be. */
    SILENCE,
    /** Nobody takes our output any more. */
    OUTPUT_CLOSED,
    /** One of the threads failed. */
    FAILED
  }

  /** How long the end of the input may take to follow the last of it. */
  private static final Duration INPUT_GRACE = Duration.ofSeconds(1);

  private final BlockingSocket socket;
  private final SocketConfig config;
  private final InputStream in;
  private final Display display;
  private final long idleNanos;
  private final Watchdog.Guard guard;

  private final CountDownLatch allSent = new CountDownLatch(1);
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  // What each of the two threads does, and when one last got on; the watchdog's reads them too.
  private volatile boolean senderWaitsForPeer;
  private volatile boolean receiverWaitsForPeer;
  private volatile long movedAtNanos = System.nanoTime();

  private volatile boolean silent;
  private volatile boolean received;

  /**
   * @param idle how long the peer may neither take nor give a byte while both threads wait for it
   */
  Talk(BlockingSocket socket, SocketConfig config, InputStream in, Display display, Duration idle) {
    this.socket = socket;
    this.config = config;
    this.in = in;
    this.display = display;
    this.idleNanos = idle.toNanos();
    this.guard = Watchdog.guard(idle, this::nothingMoved);
  }

  /** Reads the input to its end and sends it by {@link #send}. */
  abstract void sendInput(InputStream in) throws IOException;

  /** Tells the peer that there will be no more, if the transport can. */
  abstract void endOutput() throws SocketFailure;

  /** Shows what one receive gave. */
  abstract void show(Display display, ByteBuffer arrived, boolean truncated) throws IOException;

  /**
   * Talks until it is over, then closes the socket.
   *
   * @return any ending but {@code FAILED}
   * @throws SocketFailure if the connection broke
   * @throws UsageException if standard input can't be read or understood
   * @throws MissingException if standard output can't be written
   */
  final Ending run() throws Exception {
    FutureTask<Ending> receiving = new FutureTask<>(this::receiveAll);
    moved();
    config.threads().start("sockbed-talk-send", this::sendAll);
    config.threads().start("sockbed-talk-receive", receiving);
    try {
      Ending ending = receiving.get();
      if (ending == Ending.FAILED) {
        throw Objects.requireNonNull(failure.get());
      }
      return ending;
    } finally {
      guard.close();
      socket.close();
    }
  }

  /** Whether anything came, be it an empty datagram. */
  final boolean receivedAnything() {
    return received;
  }

  /** Sends the bytes between position and limit. */
  final void send(ByteBuffer bytes) throws SocketFailure {
    moved();
    senderWaitsForPeer = true;
    socket.send(bytes);
    senderWaitsForPeer = false;
    moved();
  }

  private void sendAll() {
    try {
      sendInput(in);
      endOutput();
      moved();
      senderWaitsForPeer = true;
      allSent.countDown();
    } catch (SocketFailure e) {
      failure.compareAndSet(null, e);
      // After a reset the receiver still gets what came before it, and then ends by itself.
      if (e.error() != SocketError.RESET) {
        socket.close();
      }
    } catch (IOException e) {
      fail(new UsageException("standard input can't be read: " + e.getMessage()));
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private Ending receiveAll() throws InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(config.receiveLimit());
    try {
      while (receive(buffer.clear()) != BlockingSocket.END_OF_STREAM) {
        received = true;
        show(display, buffer.flip(), socket.truncated());
      }
      display.endText();
      if (inputEnds()) {
        return Ending.DONE;
      }
      if (failure.get() == null) {
        return Ending.PEER_CLOSED;
      }
    } catch (SocketFailure e) {
      fail(e);
    } catch (IOException e) {
      if (SocketFailure.of("write", e).error() == SocketError.RESET) { // EPIPE in any language.
        return Ending.OUTPUT_CLOSED;
      }
      fail(new MissingException("standard output can't be written: " + e.getMessage()));
    } catch (RuntimeException e) {
      fail(e);
    }
    return silent ? Ending.SILENCE : Ending.FAILED;
  }

  private int receive(ByteBuffer buffer) throws SocketFailure {
    moved();
    receiverWaitsForPeer = true;
    int count = socket.receive(buffer, config.receiveLimit());
    receiverWaitsForPeer = false;
    moved();
    return count;
  }

  /** A peer that sends no more may still read: waits as long as the sending gets on. */
  private boolean inputEnds() throws InterruptedException {
    receiverWaitsForPeer = true;
    long grace = INPUT_GRACE.toNanos();
    while (!allSent.await(grace, TimeUnit.NANOSECONDS)) {
      boolean waitsForInput = !senderWaitsForPeer && System.nanoTime() - movedAtNanos >= grace;
      if (waitsForInput || failure.get() != null) {
        return false;
      }
    }
    return true;
  }

  /** The first failure is the one to tell of; closing ends the other thread's call. */
  private void fail(Exception e) {
    failure.compareAndSet(null, e);
    socket.close();
  }

  private void moved() {
    movedAtNanos = System.nanoTime();
    guard.arm(idleNanos);
  }

  /** Ends the talk, unless what is waited for is our own input or output. */
  private void nothingMoved() {
    boolean forPeer = senderWaitsForPeer && receiverWaitsForPeer;
    if (forPeer && System.nanoTime() - movedAtNanos >= idleNanos) {
      silent = true;
      socket.close();
    } else {
      guard.arm(idleNanos);
    }
  }
}
