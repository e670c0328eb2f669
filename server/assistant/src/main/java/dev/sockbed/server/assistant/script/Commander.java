package dev.sockbed.server.assistant.script;

import dev.sockbed.common.Durations;
import dev.sockbed.common.command.PatientFile;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Fault;
import dev.sockbed.server.assistant.PeerState;
import dev.sockbed.server.assistant.ReplyPattern;
import dev.sockbed.server.assistant.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Does what commands say. Used by one thread. */
public final class Commander implements AutoCloseable {
  private final Assistant assistant;
  private final Inbox inbox;
  private Target picked = Target.ALL;

  /** Hears, from now on, what the assistant's peers send. */
  public Commander(Assistant assistant) {
    this.assistant = assistant;
    this.inbox = new Inbox(assistant.transcript());
  }

  /** Whom {@code send}, {@code repeat} and {@code file} are for if they do not say. */
  public Target picked() {
    return picked;
  }

  /** Hears no more. */
  @Override
  public void close() {
    inbox.close();
  }

  /**
   * Does it.
   *
   * @return what a person may want to know about that; may be empty
   * @throws AssistantException if it can't be done
   * @throws ExpectationException if what was expected did not come
   */
  public String run(Command command)
      throws AssistantException, ExpectationException, InterruptedException {
    return switch (command) {
      case Command.Open open -> {
        assistant.open(open.setup());
        yield "";
      }
      case Command.CloseSession _ -> {
        assistant.closeSession();
        yield "";
      }
      case Command.ClosePeers close -> {
        assistant.closePeers(close.target(), close.reset());
        yield "";
      }
      case Command.Send send -> {
        assistant.send(target(send.target()), send.message());
        yield "";
      }
      case Command.Repeat repeat -> {
        assistant.repeat(target(repeat.target()), repeat.message(), repeat.interval());
        yield "repeated every " + Durations.inWords(repeat.interval()) + " until: repeat off";
      }
      case Command.RepeatOff _ -> {
        assistant.stopRepeating();
        yield "";
      }
      case Command.SendFile file -> {
        assistant.sendFile(target(file.target()), file.path());
        yield "";
      }
      case Command.AddReply reply -> addReply(reply.rule());
      case Command.ReplyOff _ -> {
        assistant.setRules(List.of());
        yield "no automatic replies";
      }
      case Command.AddPeer peer -> {
        assistant.addPeer(peer.address());
        yield "";
      }
      case Command.Pick pick -> pick(pick.target());
      case Command.Pause pause -> {
        Thread.sleep(pause.duration());
        yield "";
      }
      case Command.Save save -> save(save.path(), save.format());
      case Command.Clear _ -> {
        assistant.clear();
        yield "";
      }
      case Command.ResetCounts _ -> {
        assistant.resetCounts();
        yield "";
      }
      case Command.Expect expect -> {
        expect(expect);
        yield "";
      }
    };
  }

  private Target target(@Nullable Target named) {
    return named == null ? picked : named;
  }

  private String addReply(ReplyPattern rule) throws AssistantException {
    List<ReplyPattern> rules = new ArrayList<>(assistant.state().rules());
    rules.add(rule);
    assistant.setRules(rules);
    return "automatic replies: " + rules.size();
  }

  private String pick(Target target) throws AssistantException {
    for (int number : target.numbers()) {
      boolean there = assistant.state().peers().stream().anyMatch(peer -> peer.number() == number);
      if (!there) {
        throw new AssistantException(Fault.PEER_GONE, "there is no peer " + number);
      }
    }
    picked = target;
    return "picked " + target;
  }

  private String save(Path path, TranscriptFormat format) throws AssistantException {
    try {
      String transcript = TranscriptFile.write(assistant.transcript().rows(), format);
      PatientFile.write(path, transcript.getBytes(StandardCharsets.UTF_8));
      return "saved " + path;
    } catch (IOException e) {
      throw new AssistantException(Fault.FILE, "can't write " + path + ": " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.NoSuchFileException _ -> "there is no such folder";
      default -> String.valueOf(e.getMessage());
    };
  }

  private void expect(Command.Expect expect) throws ExpectationException, InterruptedException {
    OptionalInt from = expect.from();
    boolean met =
        switch (expect.what()) {
          case Command.Expected.Contained contained ->
              inbox.awaitBytes(contained.bytes(), from, expect.within());
          case Command.Expected.Found found ->
              inbox.awaitFound(found.regex(), from, expect.within());
          case Command.Expected.PeerCount count ->
              inbox.await(expect.within(), () -> peersThere() == count.count());
          case Command.Expected.Gone _ -> inbox.awaitGone(from, expect.within());
        };
    if (!met) {
      throw new ExpectationException(
          "expected "
              + described(expect.what())
              + (from.isPresent() ? " from peer " + from.getAsInt() : "")
              + " within "
              + Durations.inWords(expect.within())
              + "; there are "
              + peersThere()
              + " peers, and not expected yet is "
              + inbox.leftOver(from));
    }
  }

  private long peersThere() {
    return assistant.state().peers().stream()
        .filter(peer -> peer.state() == PeerState.CONNECTED)
        .count();
  }

  private static String described(Command.Expected what) {
    return switch (what) {
      case Command.Expected.Contained contained -> '"' + contained.bytes().toString() + '"';
      case Command.Expected.Found found -> "/" + found.regex() + "/";
      case Command.Expected.PeerCount count -> count.count() + " peers";
      case Command.Expected.Gone _ -> "a peer to go";
    };
  }
}
