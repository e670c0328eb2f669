package dev.sockbed.bench.link.control;

import dev.sockbed.bench.link.Relay;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Steering;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.Percentages;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running link, as who controls it sees and sets it. Any thread may ask.
 *
 * @param timeline what was planned, with what steers it
 * @param impossible why this kind of link can't be set so, or null if it can
 */
public record SteeredLink(
    Relay relay,
    Timeline timeline,
    Steering steering,
    Function<Steering.Setting, @Nullable String> impossible) {
  private static final String LINK = "link";
  private static final String SHARE = "share";

  /**
   * Changes the link: {@code {"link": "loss=5%,up-delay=20ms", "share": "30%"}}. What the words
   * don't name stays as it is; all connections are meant if no share is given.
   */
  void change(JsonNode change) throws Refusal {
    if (!change.isObject()) {
      throw new Refusal(400, "a change is an object, as in {\"link\": \"loss=5%\"}");
    }
    for (String name : change.propertyNames()) {
      if (!name.equals(LINK) && !name.equals(SHARE)) {
        throw new Refusal(400, "there is no '" + name + "', only link and share");
      }
    }
    try {
      String words = text(change, LINK);
      if (words == null) {
        throw new Refusal(400, "link is missing, as in {\"link\": \"loss=5%\"}");
      }
      String share = text(change, SHARE);
      LinkSpec spec = LinkText.change(now(), List.of(words.split(",", -1)));
      Steering.Setting setting =
          new Steering.Setting(spec, share == null ? 1 : Percentages.parse(share));
      String why = impossible.apply(setting);
      if (why != null) {
        throw new Refusal(400, why);
      }
      steering.set(setting);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String text(JsonNode change, String name) throws Refusal {
    JsonNode value = change.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      throw new Refusal(
          400, name + " is a text, as in \"" + (name.equals(LINK) ? "loss=5%" : "30%") + "\"");
    }
    return value.stringValue();
  }

  /** Gives the link back to its timeline. */
  void release() {
    steering.set(null);
  }

  private LinkSpec now() {
    Steering.Setting setting = steering.setting();
    return setting == null ? planned() : setting.spec();
  }

  private LinkSpec planned() {
    return timeline.plannedAt(Duration.ofNanos(System.nanoTime() - relay.startNanos()));
  }

  /** Adds what holds now, and what became of packets so far. */
  ObjectNode told(ObjectNode node) {
    Steering.Setting setting = steering.setting();
    node.put(LINK, now().toString())
        .put(SHARE, Percentages.format(setting == null ? 1 : setting.share()))
        .put("set", setting != null)
        .put("planned", planned().toString())
        .put("clients", relay.clients());
    for (Direction direction : Direction.values()) {
      PacketCounts.Snapshot counters = relay.counters(direction).snapshot();
      node.putObject(direction.label())
          .put("packets", counters.packets())
          .put("delivered", counters.delivered())
          .put("lost", counters.lost())
          .put("queueDropped", counters.queueDropped())
          .put("outageDropped", counters.outageDropped());
    }
    return node;
  }
}
