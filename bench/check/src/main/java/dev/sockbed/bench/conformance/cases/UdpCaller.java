package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import dev.sockbed.bench.conformance.peers.UdpCheckPeer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A caller of a UDP echo server, which knows what may come back, asks again what stays unanswered,
 * and tells silence from loss.
 */
final class UdpCaller {
  private static final int CONTROL_BYTES = 24;

  private final UdpCheckPeer peer;
  private final InetSocketAddress server;
  private final Limits limits;
  private final UdpEchoes echoes;
  private int controls;

  /** Of several callers, and read by others. */
  private final AtomicInteger notAnsweredAtFirst;

  UdpCaller(
      UdpCheckPeer peer,
      InetSocketAddress server,
      Limits limits,
      AtomicInteger notAnsweredAtFirst) {
    this.notAnsweredAtFirst = notAnsweredAtFirst;
    this.peer = peer;
    this.server = server;
    this.limits = limits;
    this.echoes = new UdpEchoes(server, limits.receiveLimit());
  }

  UdpCheckPeer peer() {
    return peer;
  }

  /** Sends a datagram once. */
  void send(byte[] datagram) throws Violation {
    echoes.sent(datagram);
    peer.send(datagram, server);
  }

  /** Sends a datagram whose answer is another case's matter: any part of it may come back. */
  void sendWhateverComes(byte[] datagram) throws Violation {
    echoes.sentWhateverComes(datagram);
    peer.send(datagram, server);
  }

  /**
   * Sends a datagram alone; until it is answered again and again, and each time a control, too.
   *
   * @throws Violation if it is not answered, and others are, or nothing is
   * @throws Undecided if so much is lost that this can't be told
   */
  void ask(byte[] datagram) throws Violation, Undecided, InterruptedException {
    long start = System.nanoTime();
    send(datagram);
    if (awaitEcho(datagram, limits.once())) {
      return;
    }
    Silence silence = new Silence();
    while (true) {
      byte[] control = control();
      send(control);
      boolean controlAnswered = awaitEcho(control, limits.once());
      if (awaitEcho(datagram, limits.quiet())) {
        notAnsweredAtFirst.incrementAndGet();
        return;
      }
      silence.add(controlAnswered);
      complain(silence, datagram, start);
      send(datagram);
      if (awaitEcho(datagram, controlAnswered ? limits.quiet() : limits.once())) {
        notAnsweredAtFirst.incrementAndGet();
        return;
      }
    }
  }

  /**
   * Sends up to so many datagrams, the next while the one before may still be answered.
   *
   * @param apart between two of them
   * @param within how long the last one's answer may take
   * @return whether one was answered before the next was sent, or the last one within its time
   */
  boolean isInTime(int times, Duration apart, Duration within)
      throws Violation, InterruptedException {
    for (int i = 1; i <= times; i++) {
      byte[] control = control();
      send(control);
      if (awaitEcho(control, i < times ? apart : within)) {
        return true;
      }
    }
    return false;
  }

  /** What was sent already must be answered; asks again for it if it is not. */
  void expectEcho(byte[] datagram) throws Violation, Undecided, InterruptedException {
    if (!awaitEcho(datagram, limits.once())) {
      ask(datagram);
      notAnsweredAtFirst.incrementAndGet();
    }
  }

  /** How many of so many datagrams, all sent at once, are answered until no more come. */
  int answeredOfBurst(List<byte[]> datagrams) throws Violation, InterruptedException {
    int before = echoes.answersOf(datagrams);
    for (byte[] datagram : datagrams) {
      send(datagram);
    }
    while (echoes.answersOf(datagrams) - before < datagrams.size()) {
      Datagram came = peer.receive(limits.once());
      if (came == null) {
        break;
      }
      echoes.add(came, null);
    }
    return echoes.answersOf(datagrams) - before;
  }

  /** Waits until each of these was answered as often as it was sent; tells how many were not. */
  int unanswered(List<byte[]> datagrams) throws Violation, InterruptedException {
    ReceiveWindow window = new ReceiveWindow(limits.once(), peer::receive);
    while (echoes.missing(datagrams) > 0) {
      Datagram came = window.next();
      if (came == null) {
        break;
      }
      echoes.add(came, null);
    }
    return echoes.missing(datagrams);
  }

  /** Whether a datagram of that length is answered, while others are. */
  boolean carries(int length) throws Violation, Undecided, InterruptedException {
    byte[] datagram = Payload.pattern(length, length).bytes();
    for (int tries = limits.lossless() ? 1 : 4; tries > 0; tries--) {
      send(datagram);
      ask(control());
      if (awaitEcho(datagram, limits.quiet())) {
        return true;
      }
    }
    return false;
  }

  /** Sends so many controls at once, and tells how many of them are answered. */
  int answeredOf(int count) throws Violation, InterruptedException {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] control = control();
      all.add(control);
      send(control);
    }
    long deadline = System.nanoTime() + limits.once().toNanos();
    int answers = 0;
    for (byte[] control : all) {
      long left = Math.max(0, deadline - System.nanoTime());
      answers += awaitEcho(control, Duration.ofNanos(left)) ? 1 : 0;
    }
    notAnsweredAtFirst.addAndGet(count - answers);
    return answers;
  }

  private void complain(Silence silence, byte[] datagram, long startNanos)
      throws Violation, Undecided {
    String what = "%,d bytes: sent %d times".formatted(datagram.length, silence.tries());
    Duration waited = Duration.ofNanos(System.nanoTime() - startNanos);
    boolean deaf =
        limits.lossless()
            && silence.controlsAnswered() == 0
            && waited.compareTo(limits.patience()) >= 0;
    Silence.Reading reading = deaf ? Silence.Reading.DEAF : silence.reading();
    switch (reading) {
      case REFUSES ->
          throw Violation.of(
              "a datagram of %s and not answered; of %d others in between, %d were"
                  .formatted(what, silence.tries(), silence.controlsAnswered()));
      case DEAF ->
          throw Violation.late(
              "a datagram of " + what + ", and nothing is answered at all", limits.patience());
      case LOSSY -> {
        String few =
            "a datagram of %s and not answered, but of others only %d were"
                .formatted(what, silence.controlsAnswered());
        if (limits.lossless()) {
          throw Violation.of(few + ": nothing is lost on this machine but by the server");
        }
        throw Undecided.inconclusive(few + ": the network loses too much");
      }
      case UNKNOWN -> {}
    }
  }

  /** Another each time, and short enough to be answered whole. */
  byte[] control() {
    byte[] text =
        "control %d of %s              "
            .formatted(controls++, peer.name())
            .getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(text, Math.min(CONTROL_BYTES, limits.receiveLimit()));
  }

  /** Waits for one echo; others that come meanwhile are checked and kept. */
  private boolean awaitEcho(byte[] datagram, Duration within)
      throws Violation, InterruptedException {
    ReceiveWindow window = new ReceiveWindow(within, peer::receive);
    while (!echoes.isAnswered(datagram)) {
      Datagram came = window.next();
      if (came == null) {
        return false;
      }
      echoes.add(came, datagram);
    }
    return true;
  }

  /** Makes sure that nothing comes for a while but echoes of what was sent. */
  void expectNothingElse() throws Violation, InterruptedException {
    expectNothingElse(limits.quiet());
  }

  /** The same for so long. */
  void expectNothingElse(Duration within) throws Violation, InterruptedException {
    ReceiveWindow window = new ReceiveWindow(within, peer::receive);
    Datagram came;
    while ((came = window.next()) != null) {
      echoes.add(came, null);
    }
  }

  /** How many more answers than datagrams there were, of all that were sent. */
  int surplus() {
    return echoes.surplus();
  }

  /** Whether it was answered at all. */
  boolean isAnswered(byte[] datagram) {
    return echoes.isAnswered(datagram);
  }
}
