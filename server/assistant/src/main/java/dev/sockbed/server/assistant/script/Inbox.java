package dev.sockbed.server.assistant.script;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.DecodedText;
import dev.sockbed.server.assistant.Row;
import dev.sockbed.server.assistant.Transcript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What was received and not expected yet. An expectation that is met takes what it found, and all
 * that the same peer sent before. Over TCP it looks in the peer's stream, however that was cut into
 * receives; over UDP in each datagram for itself.
 */
final class Inbox implements Consumer<Row>, AutoCloseable {
  /** The most that is kept of one peer; the oldest goes first. */
  private static final int MOST_BYTES_A_PEER = 1 << 20;

  private final Transcript transcript;

  // Guarded by this. Bytes are kept one a character.
  private final TreeMap<Integer, List<String>> pieces = new TreeMap<>();
  private final Set<Integer> gone = new HashSet<>();

  Inbox(Transcript transcript) {
    this.transcript = transcript;
    transcript.listen(this);
  }

  @Override
  public synchronized void accept(Row row) {
    switch (row.kind()) {
      case RECEIVED -> add(row);
      case DISCONNECTED -> gone.add(row.peer());
      default -> {}
    }
    notifyAll();
  }

  @Override
  public void close() {
    transcript.unlisten(this);
  }

  private void add(Row row) {
    List<String> ofPeer = pieces.computeIfAbsent(row.peer(), _ -> new ArrayList<>());
    String piece = row.bytes().latin1();
    if (row.address().startsWith("tcp:") && !ofPeer.isEmpty()) {
      piece = ofPeer.removeFirst() + piece;
      piece = piece.substring(Math.max(0, piece.length() - MOST_BYTES_A_PEER));
    }
    ofPeer.add(piece);
    long kept = ofPeer.stream().mapToLong(String::length).sum();
    while (kept > MOST_BYTES_A_PEER && ofPeer.size() > 1) {
      kept -= ofPeer.removeFirst().length();
    }
  }

  /** Waits until those bytes are there, and takes them; false if they do not come in time. */
  boolean awaitBytes(Bytes wanted, OptionalInt from, Duration within) throws InterruptedException {
    String text = wanted.latin1();
    return await(
        within,
        () ->
            take(
                from,
                piece -> {
                  int at = piece.indexOf(text);
                  return at < 0 ? -1 : at + text.length();
                }));
  }

  /** Waits until the expression finds something, and takes it. */
  boolean awaitFound(Pattern regex, OptionalInt from, Duration within) throws InterruptedException {
    return await(within, () -> take(from, piece -> endOfMatch(regex, piece)));
  }

  /** Waits until a peer is gone that was not reported gone before. */
  boolean awaitGone(OptionalInt from, Duration within) throws InterruptedException {
    return await(
        within,
        () ->
            from.isPresent()
                ? gone.remove(from.getAsInt())
                : gone.stream().findFirst().map(gone::remove).orElse(false));
  }

  /** Waits until a condition holds that rows may bring about. */
  synchronized boolean await(Duration within, Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.holds()) {
      long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  /** What was received and not expected, for a person. */
  synchronized String leftOver(OptionalInt from) {
    StringBuilder out = new StringBuilder();
    pieces.forEach((peer, ofPeer) -> {
      if (from.isEmpty() || from.getAsInt() == peer) {
        for (String piece : ofPeer) {
          String shown = piece.length() > 200 ? piece.substring(piece.length() - 200) : piece;
          out.append(out.isEmpty() ? "" : ", ").append('"').append(bytes(shown)).append('"');
        }
      }
    });
    return out.isEmpty() ? "nothing" : out.toString();
  }

  /** Something that may come to hold. */
  interface Condition {
    boolean holds();
  }

  /** Finds something in a piece. */
  private interface Search {
    /** Where what was found ends; negative if nothing was. */
    int end(String piece);
  }

  private boolean take(OptionalInt from, Search search) {
    for (var entry : pieces.entrySet()) {
      boolean asked = from.isEmpty() || from.getAsInt() == entry.getKey();
      if (asked && takeFrom(entry.getValue(), search)) {
        return true;
      }
    }
    return false;
  }

  private static boolean takeFrom(List<String> ofPeer, Search search) {
    for (int i = 0; i < ofPeer.size(); i++) {
      int end = search.end(ofPeer.get(i));
      if (end >= 0) {
        String rest = ofPeer.get(i).substring(end);
        ofPeer.subList(0, i + 1).clear();
        if (!rest.isEmpty()) {
          ofPeer.addFirst(rest);
        }
        return true;
      }
    }
    return false;
  }

  private static int endOfMatch(Pattern regex, String piece) {
    DecodedText decoded = DecodedText.of(bytes(piece));
    Matcher matcher = regex.matcher(decoded.text());
    return matcher.find() ? decoded.octetsOf(matcher.end()) : -1;
  }

  private static Bytes bytes(String latin1) {
    return Bytes.of(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }
}
