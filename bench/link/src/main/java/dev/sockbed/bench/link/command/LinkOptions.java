package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.PacketTrace;
import dev.sockbed.bench.link.model.Bandwidth;
import dev.sockbed.bench.link.model.DeliveryTrace;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.link.model.Preset;
import dev.sockbed.bench.link.model.Property;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.bench.link.model.TimelineText;
import dev.sockbed.common.command.TextLines;
import dev.sockbed.common.command.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * The flags that say what an emulated link does. The properties' own flags, {@code --loss}, {@code
 * --up-loss}, {@code --down-loss} and so on, are made from {@link Property} by {@link Flags}.
 */
final class LinkOptions {
  private static final int LARGEST_TIMELINE = 4 << 20;
  private static final int LARGEST_TRACE = 16 << 20;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = {
        "A link that people meet: lan, wifi-good, wifi-poor, 4g, 3g, satellite, board.",
        "Other flags change what it sets."
      })
  private @Nullable String preset;

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      description = "Changes over time, a line each, as in: 10s outage / 13s connected loss=1%%.")
  private @Nullable Path timeline;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of all that is random: the same seed gives the same packets the same fate (default: 1).")
  private long seed = 1;

  @Option(
      names = "--link-mode",
      paramLabel = "tun|relay|auto",
      defaultValue = "auto",
      converter = LinkModeConverter.class,
      description = {
        "How the link is made: tun: real TCP and UDP between two networks of their own (Linux, root"
            + " or unshare -Ur);",
        "relay: everywhere, but can't lose a TCP segment; auto: what is needed and can be had."
      })
  private LinkMode mode = LinkMode.AUTO;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write every packet and its fate, for Wireshark (pcapng; --link-mode tun).")
  private @Nullable Path trace;

  @Option(
      names = "--up-trace",
      paramLabel = "FILE",
      description = {
        "The rate from the client to the server as a real link had it, in Mahimahi's format:",
        "a line for each time, in milliseconds, at which 1500 bytes could leave."
      })
  private @Nullable Path upTrace;

  @Option(
      names = "--down-trace",
      paramLabel = "FILE",
      description = "The same from the server to the client.")
  private @Nullable Path downTrace;

  /** How the link is to be made. */
  LinkMode mode() {
    return mode;
  }

  /**
   * Begins the capture file that is wanted.
   *
   * @return null if none is
   * @throws UsageException if a relay is wanted too
   * @throws IOException if it can't be written
   */
  @Nullable PacketTrace openTrace() throws IOException {
    if (trace == null) {
      return null;
    }
    if (mode == LinkMode.RELAY) {
      throw new UsageException("--trace: a relay sees no packets; use --link-mode tun");
    }
    return PacketTrace.open(trace);
  }

  /** Of everything random. */
  long seed() {
    return seed;
  }

  /**
   * The link that the flags make.
   *
   * @param spec the command, whose line was parsed
   * @throws UsageException naming the first fault found
   */
  Timeline timeline(CommandSpec spec) {
    try {
      LinkSpec begin = LinkText.change(recorded(base(), spec), words(spec));
      return timeline == null ? Timeline.constant(begin) : read(timeline, begin);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static Timeline read(Path file, LinkSpec begin) {
    List<String> lines = TextLines.read(file, "a timeline", LARGEST_TIMELINE);
    try {
      return TimelineText.parse(begin, lines);
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + ", " + e.getMessage());
    }
  }

  /** The properties that a flag, a preset or the timeline's beginning sets. */
  static Set<Property> given(CommandSpec spec) {
    Set<Property> given = EnumSet.noneOf(Property.class);
    for (Property property : Property.values()) {
      for (String prefix : Flags.PREFIXES) {
        if (value(spec, prefix, property) != null) {
          given.add(property);
        }
      }
    }
    return given;
  }

  /** The link with the rates that are recorded in files. */
  private LinkSpec recorded(LinkSpec base, CommandSpec spec) {
    LinkSpec changed = base;
    for (Direction direction : Direction.values()) {
      Path file =
          switch (direction) {
            case UP -> upTrace;
            case DOWN -> downTrace;
          };
      if (file == null) {
        continue;
      }
      for (String prefix : List.of("", direction.label() + "-")) {
        if (value(spec, prefix, Property.RATE) != null) {
          throw new UsageException(
              "--%s-trace and --%s both set the rate"
                  .formatted(direction.label(), prefix + Property.RATE.flag()));
        }
      }
      changed =
          changed.with(
              direction, changed.of(direction).withRate(new Bandwidth.Recorded(read(file))));
    }
    return changed;
  }

  private static DeliveryTrace read(Path file) {
    List<String> lines = TextLines.read(file, "a trace", LARGEST_TRACE);
    try {
      return DeliveryTrace.parse(String.valueOf(file.getFileName()), lines);
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + ", " + e.getMessage());
    }
  }

  private LinkSpec base() {
    return preset == null ? LinkSpec.PERFECT : Preset.of(preset).spec();
  }

  private static List<String> words(CommandSpec spec) {
    List<String> words = new ArrayList<>();
    for (String prefix : Flags.PREFIXES) {
      for (Property property : Property.values()) {
        String value = value(spec, prefix, property);
        if (value != null) {
          words.add(prefix + property.word() + "=" + value);
        }
      }
    }
    return words;
  }

  private static @Nullable String value(CommandSpec spec, String prefix, Property property) {
    OptionSpec option = spec.findOption("--" + prefix + property.flag());
    return option == null ? null : option.getValue();
  }

  /** Adds the properties' flags to a command; those of one direction are not listed one by one. */
  static final class Flags implements IModelTransformer {
    /** In the order in which they are applied. */
    private static final List<String> PREFIXES =
        List.of("", Direction.UP.label() + "-", Direction.DOWN.label() + "-");

    @Override
    public CommandSpec transform(CommandSpec spec) {
      for (String prefix : PREFIXES) {
        for (Property property : Property.values()) {
          spec.addOption(
              OptionSpec.builder(names(prefix, property))
                  .type(String.class)
                  .arity("1")
                  .paramLabel(property.sample())
                  .description(property.description().replace("%", "%%"))
                  .hidden(!prefix.isEmpty())
                  .build());
        }
      }
      return spec;
    }

    /** Its word in texts is a flag, too: {@code --rate} is messages a second elsewhere. */
    private static String[] names(String prefix, Property property) {
      return Stream.of(property.flag(), property.word())
          .distinct()
          .map(name -> "--" + prefix + name)
          .toArray(String[]::new);
    }
  }
}
