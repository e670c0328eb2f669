package dev.sockbed.client.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockbed.common.Durations;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.Watchdog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;

/**
 * The board's program: joins the network, connects to a network assistant, greets it, and answers
 * all that it sends. Unlike the lesson's program, it notices that the assistant has closed, and
 * does not decode what it receives, unless a {@link BoardProfile} says otherwise.
 *
 * <p>Interrupting the thread that runs it ends it at once.
 */
public final class BoardProgram {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration BLINK = Duration.ofMillis(300);
  private static final int BLINKS = 3;

  /** How long an assistant that was told of the end may take to close, too. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Board board;
  private final BoardSettings settings;

  /**
   * A program that does nothing before it is run.
   *
   * @param board what it runs on
   * @param settings what it does
   */
  public BoardProgram(Board board, BoardSettings settings) {
    this.board = board;
    this.settings = settings;
  }

  /**
   * Runs to the end: the assistant closes, enough replies were sent, nothing came for too long, the
   * socket failed, or the thread was interrupted.
   *
   * @return what was done, and why it ended
   * @throws LinkDownException if the network could not be joined; the light has blinked three times
   * @throws SocketFailure if the assistant's name is unknown or it could not be connected to
   * @throws IOException if what was received could not be displayed
   * @throws InterruptedException if interrupted before it was connected
   */
  public Summary run() throws LinkDownException, IOException, InterruptedException {
    try {
      joinNetwork();
      try (BlockingSocket socket = connect()) {
        board.console().accept("connected " + socket.fiveTuple());
        return talk(socket);
      }
    } catch (SocketFailure e) {
      if (e.error() == SocketError.CLOSED) { // Nothing else closes a socket of this program.
        throw (InterruptedException) new InterruptedException("while connecting").initCause(e);
      }
      throw e;
    } finally {
      board.light().off();
    }
  }

  private void joinNetwork() throws LinkDownException, IOException, InterruptedException {
    try {
      long start = board.time().nanoTime();
      board.link().join(settings.linkTimeout());
      NetworkInformation information = awaitAddress(start);
      board.light().on();
      board.console().accept("joined " + information.interfaceName());
      board.console().accept("network information: " + information);
    } catch (LinkDownException e) {
      blink();
      throw e;
    }
  }

  /** Being joined is not the same as having an address: this waits for both. */
  private NetworkInformation awaitAddress(long start)
      throws LinkDownException, IOException, InterruptedException {
    boolean told = false;
    while (true) {
      switch (board.link().state()) {
        case LinkState.Up(NetworkInformation information) -> {
          return information;
        }
        case LinkState.Down(String why) -> {
          String limit = Durations.format(settings.linkTimeout());
          if (board.time().nanoTime() - start >= settings.linkTimeout().toNanos()) {
            throw new LinkDownException(
                why + ", and --link-timeout " + limit + " is over; join the network first");
          }
          if (!told) {
            board.console().accept("waiting at most " + limit + ": " + why);
            told = true;
          }
          board.time().sleep(BETWEEN_LOOKS);
        }
      }
    }
  }

  private void blink() throws InterruptedException {
    for (int i = 0; i < BLINKS; i++) {
      board.light().on();
      board.time().sleep(BLINK);
      board.light().off();
      board.time().sleep(BLINK);
    }
  }

  private BlockingSocket connect() throws SocketFailure {
    SocketConfig config = settings.profile().adapted(settings.socket());
    return BlockingSocket.connected(settings.assistant(), config);
  }

  private Summary talk(BlockingSocket socket) throws IOException {
    BoardCounts tally = new BoardCounts(board.time());
    Ending ending;
    SocketFailure failure = null;
    try {
      ending = greetAndAnswer(socket, tally);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ending = Ending.INTERRUPTED;
    } catch (SocketFailure e) {
      ending = endingOf(e, socket);
      failure = e;
    }
    if (ending.isOurs() && socket instanceof TcpSocket tcp) {
      sayFarewell(tcp);
    }
    return tally.summary(socket.fiveTuple(), ending, ending == Ending.FAILED ? failure : null);
  }

  /** The main loop. A receive puts its bytes right behind the prefix, so a reply is one send. */
  private Ending greetAndAnswer(BlockingSocket socket, BoardCounts tally)
      throws IOException, InterruptedException {
    int sent = send(socket, UTF_8.encode(settings.greeting()));
    tally.sent(sent);
    board.console().accept("sent the greeting of " + sent + " bytes");

    byte[] prefix = settings.replyPrefix().getBytes(UTF_8);
    int limit = settings.socket().receiveLimit();
    ByteBuffer reply = ByteBuffer.allocateDirect(prefix.length + limit).put(prefix);
    BoardReceive receive =
        new BoardReceive(settings.profile(), socket, settings.socket(), board.time());
    boolean toldOfDrops = false;
    while (true) {
      reply.clear().position(prefix.length);
      int received = receive.into(reply);
      if (receive.dropped() > 0 && !toldOfDrops) {
        board.console().accept("datagrams were dropped: no more than a few wait in this stack");
        toldOfDrops = true;
      }
      if (received == BlockingSocket.END_OF_STREAM) {
        return Ending.CLOSED_BY_PEER;
      }
      if (received == BoardReceive.NOTHING) {
        board.time().sleep(settings.pause());
        continue;
      }
      boolean firstCut = receive.wasCut() && tally.truncated() == 0;
      tally.received(received, receive.wasCut());
      if (firstCut) {
        board.console().accept("a datagram was longer than " + limit + " bytes: its rest is gone");
      }
      reply.flip();
      ByteBuffer message = reply.slice(prefix.length, received);
      board.screen().show(message.duplicate());
      if (settings.profile().decodes() && !isText(message)) {
        return Ending.NOT_TEXT;
      }
      tally.replied(send(socket, reply));
      if (tally.replies() == settings.count()) {
        return Ending.ENOUGH_REPLIES;
      }
      board.time().sleep(settings.pause());
    }
  }

  /** One call, as a plain program makes it: what a layer has not taken is not sent again. */
  private int send(BlockingSocket socket, ByteBuffer message) throws SocketFailure {
    int length = message.remaining();
    int most = socket instanceof TcpSocket ? settings.profile().mostPerSend() : length;
    int taken = Math.min(length, most);
    int sent = socket.send(message.limit(message.position() + taken));
    if (taken < length) {
      board
          .console()
          .accept("a send took %,d of %,d bytes: the rest is gone".formatted(taken, length));
    }
    return sent;
  }

  private static boolean isText(ByteBuffer message) {
    try {
      UTF_8.newDecoder().decode(message);
      return true;
    } catch (CharacterCodingException e) {
      return false; // Also of a character that the receive limit has cut.
    }
  }

  private static Ending endingOf(SocketFailure failure, BlockingSocket socket) {
    if (failure.error() == SocketError.CLOSED) {
      return Ending.INTERRUPTED;
    }
    // A receive that timed out leaves the socket open; a send that did has closed it.
    boolean nothingCame = failure.error() == SocketError.TIMED_OUT && socket.isOpen();
    return nothingCame ? Ending.IDLE : Ending.FAILED;
  }

  /**
   * Says that nothing more will be sent, and reads until the assistant says so, too. Closing with
   * bytes unread would break the connection off (RST), and the last reply could be lost.
   */
  private void sayFarewell(TcpSocket socket) {
    ByteBuffer ignored = ByteBuffer.allocateDirect(settings.socket().receiveLimit());
    try (Watchdog.Guard guard = Watchdog.guard(FAREWELL, socket::close)) {
      guard.arm(FAREWELL.toNanos());
      socket.shutdownOutput();
      int received = 0;
      while (received != BlockingSocket.END_OF_STREAM) {
        received = socket.receive(ignored.clear(), ignored.capacity());
      }
    } catch (SocketFailure e) {
      board.console().accept("the assistant did not close in turn: " + e.getMessage());
    }
  }
}
