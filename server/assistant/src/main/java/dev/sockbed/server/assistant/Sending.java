package dev.sockbed.server.assistant;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends messages, now or again and again, and one file at a time. */
final class Sending {
  /** The longest message that can be typed; a file may be longer. */
  private static final int LONGEST_MESSAGE = 1 << 20;

  /** Finds the peers that are meant. */
  interface Peers {
    List<Peer> of(Target target) throws AssistantException;
  }

  private final Peers peers;
  private final Journal journal;

  // Written under this object's monitor, read by anybody.
  private volatile @Nullable Repetition repetition;
  private volatile @Nullable FileTransfer file;

  Sending(Peers peers, Journal journal) {
    this.peers = peers;
    this.journal = journal;
  }

  int send(Target target, Bytes message) throws AssistantException {
    return send(target, message, Outgoing.By.REQUEST);
  }

  private int send(Target target, Bytes message, Outgoing.By by) throws AssistantException {
    if (message.length() > LONGEST_MESSAGE) {
      throw new AssistantException(
          Fault.BAD_INPUT,
          "a message is at most %d bytes, not %d; send a file instead"
              .formatted(LONGEST_MESSAGE, message.length()));
    }
    List<Peer> recipients = recipients(target);
    List<Integer> full = new ArrayList<>();
    for (Peer peer : recipients) {
      if (!peer.offer(new Outgoing.Message(message, by))) {
        full.add(peer.number());
      }
    }
    if (!full.isEmpty()) {
      journal.unsent(full.size());
      throw new AssistantException(
          Fault.NOT_READING,
          "not sent to peer %s, which does not read what waits for it already; sent to %d others"
              .formatted(full, recipients.size() - full.size()));
    }
    return recipients.size();
  }

  /** Those that are meant, but for the ones that are saying goodbye. */
  private List<Peer> recipients(Target target) throws AssistantException {
    List<Peer> meant = peers.of(target);
    List<Peer> there = meant.stream().filter(peer -> peer.state() == PeerState.CONNECTED).toList();
    if (there.isEmpty() || (!target.everybody() && there.size() < meant.size())) {
      throw new AssistantException(
          Fault.PEER_GONE, "a peer that is meant is just being closed; nothing was sent");
    }
    return there;
  }

  synchronized void repeat(Target target, Bytes message, Duration interval)
      throws AssistantException {
    if (interval.compareTo(Duration.ofMillis(1)) < 0) {
      throw new AssistantException(Fault.BAD_INPUT, "the interval must be at least 1 ms");
    }
    stopRepeating();
    send(target, message);
    Repetition started =
        new Repetition(message, interval, () -> send(target, message, Outgoing.By.REPETITION));
    repetition = started;
    started.start();
  }

  synchronized void stopRepeating() {
    Repetition running = repetition;
    if (running != null) {
      running.stop();
      repetition = null;
    }
  }

  @Nullable RepeatProgress repeatProgress() {
    Repetition running = repetition;
    return running == null ? null : running.progress();
  }

  void sendFile(Target target, Path path) throws AssistantException {
    if (!Files.isRegularFile(path)) {
      String what = Files.exists(path) ? " is not a file" : ": there is no such file";
      throw new AssistantException(Fault.FILE, path + what);
    }
    if (!Files.isReadable(path)) {
      throw new AssistantException(Fault.FILE, path + ": no permission to read it");
    }
    String name = String.valueOf(path.getFileName());
    sendFile(target, name, path.toFile().length(), () -> Files.newInputStream(path));
  }

  void sendFile(Target target, String name, Bytes content) throws AssistantException {
    sendFile(target, name, content.length(), () -> new ByteArrayInputStream(content.toArray()));
  }

  private synchronized void sendFile(
      Target target, String name, long size, FileTransfer.Source source) throws AssistantException {
    FileTransfer running = file;
    if (running != null && !running.done()) {
      throw new AssistantException(
          Fault.BUSY, running.name() + " is being sent; wait for it or stop it");
    }
    List<Peer> recipients = recipients(target);
    FileTransfer transfer = new FileTransfer(name, size, recipients.size(), source);
    file = transfer;
    for (Peer peer : recipients) {
      Outgoing.File outgoing = new Outgoing.File(transfer);
      if (!peer.offer(outgoing)) {
        transfer.oneDone();
        peer.notSent(outgoing, name + " (it does not read)");
      }
    }
  }

  synchronized void stopFile() {
    FileTransfer running = file;
    if (running != null) {
      running.stop();
    }
  }

  @Nullable FileProgress fileProgress() {
    FileTransfer running = file;
    return running == null || running.done() ? null : running.progress();
  }
}
