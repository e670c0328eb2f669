package dev.sockbed.server.assistant.script;

import com.google.re2j.Pattern;
import dev.sockbed.common.Address;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.ReplyPattern;
import dev.sockbed.server.assistant.SessionSetup;
import dev.sockbed.server.assistant.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One command of the language. A null target means the peers that are picked. */
public sealed interface Command {

  /** {@code open tcp-server 10000}. */
  record Open(SessionSetup setup) implements Command {}

  /** {@code close}. */
  record CloseSession() implements Command {}

  /** {@code close 1 reset}. */
  record ClosePeers(Target target, boolean reset) implements Command {}

  /** {@code send all "hello\n"}. */
  record Send(@Nullable Target target, Bytes message) implements Command {}

  /** {@code repeat 300ms all "hello"}. */
  record Repeat(Duration interval, @Nullable Target target, Bytes message) implements Command {}

  /** {@code repeat off}. */
  record RepeatOff() implements Command {}

  /** {@code file all notes.txt}. */
  record SendFile(@Nullable Target target, Path path) implements Command {}

  /** {@code reply contains "ping" "pong"}. */
  record AddReply(ReplyPattern rule) implements Command {}

  /** {@code reply off}. */
  record ReplyOff() implements Command {}

  /** {@code peer 127.0.0.1:9}. */
  record AddPeer(Address address) implements Command {}

  /** {@code pick 1,3}. */
  record Pick(Target target) implements Command {}

  /** {@code wait 1s}. */
  record Pause(Duration duration) implements Command {}

  /** {@code save FILE [text|json]}. */
  record Save(Path path, TranscriptFormat format) implements Command {}

  /** {@code clear}. */
  record Clear() implements Command {}

  /** {@code clear counts}. */
  record ResetCounts() implements Command {}

  /**
   * {@code expect "hello" from 1 within 10s}.
   *
   * @param from the peer that must send it; empty for any
   */
  record Expect(Expected what, OptionalInt from, Duration within) implements Command {}

  /** What can be expected. */
  sealed interface Expected {
    /** These bytes: somewhere in a peer's stream, or in one of its datagrams. */
    record Contained(Bytes bytes) implements Expected {}

    /** Text that the regular expression finds. */
    record Found(Pattern regex) implements Expected {}

    /** So many peers are there. */
    record PeerCount(int count) implements Expected {}

    /** A peer is gone. */
    record Gone() implements Expected {}
  }
}
