package dev.sockbed.server.assistant.web;

import dev.sockbed.common.Address;
import dev.sockbed.server.assistant.AssistantState;
import dev.sockbed.server.assistant.FileProgress;
import dev.sockbed.server.assistant.LocalHosts;
import dev.sockbed.server.assistant.PeerSnapshot;
import dev.sockbed.server.assistant.RepeatProgress;
import dev.sockbed.server.assistant.ReplyPattern;
import dev.sockbed.server.assistant.Row;
import dev.sockbed.server.assistant.SessionSetup;
import dev.sockbed.server.assistant.Totals;
import dev.sockbed.server.assistant.Transcript;
import dev.sockbed.server.assistant.script.TranscriptFile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page is told, as JSON. */
final class StateJson {
  /** The most bytes of a row that the page shows; the saved transcript has more. */
  private static final int MOST_BYTES_A_ROW = 2048;

  private static final JsonMapper JSON = new JsonMapper();

  private StateJson() {}

  /**
   * What does not change: this machine's addresses.
   *
   * @param preset what the form begins with; null for the lesson's
   */
  static String hello(boolean allowRemote, @Nullable SessionSetup preset) {
    ObjectNode node = JSON.createObjectNode().put("allowRemote", allowRemote);
    if (preset == null) {
      node.putNull("preset");
    } else {
      putSetup(node.putObject("preset"), preset);
    }
    ArrayNode hosts = node.putArray("addresses");
    for (LocalHosts.LocalHost local : LocalHosts.find()) {
      hosts
          .addObject()
          .put("host", local.host())
          .put("interface", local.networkInterface())
          .put("loopback", local.loopback());
    }
    return node.toString();
  }

  /** How it stands. */
  static String state(AssistantState state, Transcript.Window window) {
    ObjectNode node = JSON.createObjectNode();
    SessionSetup setup = state.setup();
    if (setup == null) {
      node.putNull("session");
    } else {
      putSetup(node.putObject("session"), setup).put("local", state.localAddress());
    }
    ArrayNode peers = node.putArray("peers");
    state.peers().forEach(peer -> put(peers.addObject(), peer));
    put(node.putObject("totals"), state.totals());
    ArrayNode rules = node.putArray("rules");
    state.rules().forEach(rule -> put(rules.addObject(), rule));
    put(node, state.repeat());
    put(node, state.file());
    return node.put("clearedUpTo", window.clearedUpTo())
        .put("dropped", window.dropped())
        .toString();
  }

  /** Some rows. */
  static String rows(List<Row> rows) {
    ArrayNode array = JSON.createArrayNode();
    rows.forEach(row -> array.add(TranscriptFile.json(row, MOST_BYTES_A_ROW)));
    return array.toString();
  }

  /** That a request was not served, and why. */
  static String problem(String fault, String message) {
    return JSON.createObjectNode().put("fault", fault).put("message", message).toString();
  }

  private static ObjectNode putSetup(ObjectNode node, SessionSetup setup) {
    node.put("mode", setup.mode().label())
        .put("host", setup.address().host())
        .put("port", setup.address().port())
        .put("receiveLimit", setup.receiveLimit());
    Address remote = setup.remote();
    if (remote != null) {
      node.put("remoteHost", remote.host()).put("remotePort", remote.port());
    }
    return node;
  }

  private static void put(ObjectNode node, PeerSnapshot peer) {
    node.put("number", peer.number())
        .put("address", peer.address())
        .put("since", peer.since().toString())
        .put("state", peer.state().label())
        .put("messagesIn", peer.messagesIn())
        .put("bytesIn", peer.bytesIn())
        .put("messagesOut", peer.messagesOut())
        .put("bytesOut", peer.bytesOut())
        .put("waitingBytes", peer.waitingBytes());
  }

  private static void put(ObjectNode node, Totals totals) {
    node.put("connected", totals.connected())
        .put("refused", totals.refused())
        .put("receives", totals.receives())
        .put("bytesIn", totals.bytesIn())
        .put("cut", totals.cut())
        .put("sends", totals.sends())
        .put("bytesOut", totals.bytesOut())
        .put("unsent", totals.unsent())
        .put("withheld", totals.withheld());
  }

  private static void put(ObjectNode node, ReplyPattern rule) {
    node.put("when", rule.when().label())
        .put("pattern", rule.pattern())
        .put("reply", rule.reply().label())
        .put("value", rule.value().toString());
  }

  private static void put(ObjectNode node, @Nullable RepeatProgress repeat) {
    if (repeat == null) {
      node.putNull("repeat");
      return;
    }
    node.putObject("repeat")
        .put("message", repeat.message().first(64).toString())
        .put("intervalMs", repeat.interval().toMillis())
        .put("times", repeat.times())
        .put("missed", repeat.missed());
  }

  private static void put(ObjectNode node, @Nullable FileProgress file) {
    if (file == null) {
      node.putNull("file");
      return;
    }
    node.putObject("file")
        .put("name", file.name())
        .put("sentBytes", file.sentBytes())
        .put("totalBytes", file.totalBytes())
        .put("peersLeft", file.peersLeft());
  }
}
