package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.Preset;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Transport;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What somebody needs, as the user says it: a use by name, and numbers that change it. */
public final class WorkloadOptions {
  private static final String FOR_A_NEED = " is for a need: say --for, or --deadline and its like";

  /** What numbers alone change. */
  private static final Workload OWN =
      new Workload("own", 128, 50, 1, Duration.ofMillis(200), 0.99, Preset.WIFI_POOR.spec());

  @Option(
      names = "--for",
      paramLabel = "USE",
      converter = UseConverter.class,
      completionCandidates = UseNames.class,
      description = {
        "Say first which transport meets the need of ${COMPLETION-CANDIDATES}: so many",
        "messages there and back within a deadline over a bad network, or a file whole within it.",
        "The next six change its numbers, or say a need of your own; --link is the network",
        "(default: wifi-poor)."
      })
  private @Nullable Use use;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      converter = Values.Size.class,
      description = "Bytes a message, or of the file.")
  private @Nullable Integer sizeBytes;

  @Option(
      names = "--direction",
      paramLabel = "up|down|both",
      converter = DirectionsConverter.class,
      description =
          "With --for file: which way, to the server or from it (default: both, in turn).")
  private @Nullable List<Direction> directions;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = Values.Rate.class,
      description = "Messages a second, over all connections together.")
  private @Nullable Double ratePerSecond;

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = Values.Count.class,
      description = "Sockets that take part, in turn.")
  private @Nullable Integer connections;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      converter = Values.PositiveDuration.class,
      description =
          "A reply that takes longer is late, counted from when the message was meant to be sent; a"
              + " file, from the connect to its last byte.")
  private @Nullable Duration deadline;

  @Option(
      names = "--must-arrive",
      paramLabel = "SHARE",
      converter = Values.Percent.class,
      description = "The part of the messages or files that must be in time, such as 99.9%%.")
  private @Nullable Double mustArrive;

  @Option(
      names = "--variants",
      paramLabel = "NAME,…",
      converter = VariantsConverter.class,
      description = {
        "With a need: the ways of sending to ask it of: tcp, tcp+nagle, tcp+quickack, tcp+cubic,",
        "tcp+bbr or another congestion control, udp, udp+retry (default: tcp,udp,udp+retry)."
      })
  private @Nullable List<Variant> variants;

  @Option(
      names = "--strict",
      description = "With a need: exit status 5 if something can't be told.")
  private boolean strict;

  /**
   * What is needed.
   *
   * @param link the user's, or null
   * @return null if nothing of a need was said
   * @throws UsageException if a value is out of range, or there is no need to be strict about
   */
  public @Nullable Need need(@Nullable LinkSpec link) {
    boolean given =
        Stream.of(use, sizeBytes, directions, ratePerSecond, connections, deadline, mustArrive)
            .anyMatch(Objects::nonNull);
    if (!given) {
      if (strict) {
        throw new UsageException("--strict" + FOR_A_NEED);
      }
      if (variants != null) {
        throw new UsageException("--variants" + FOR_A_NEED);
      }
      return null;
    }
    try {
      return switch (use == null ? OWN : use.need()) {
        case Workload base -> messages(base, link);
        case FileNeed base -> file(base, link);
      };
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Workload messages(Workload base, @Nullable LinkSpec link) {
    if (directions != null) {
      throw new UsageException("--direction is for --for file: messages go there and back");
    }
    return new Workload(
        base.name(),
        sizeBytes == null ? base.sizeBytes() : sizeBytes,
        ratePerSecond == null ? base.ratePerSecond() : ratePerSecond,
        connections == null ? base.connections() : connections,
        deadline == null ? base.deadline() : deadline,
        mustArrive == null ? base.mustArrive() : mustArrive,
        link == null ? base.link() : link);
  }

  private FileNeed file(FileNeed base, @Nullable LinkSpec link) {
    if (ratePerSecond != null || connections != null) {
      throw new UsageException(
          "%s is for messages: a file is sent as fast as it goes, over one connection"
              .formatted(ratePerSecond == null ? "--connections" : "--rate"));
    }
    return new FileNeed(
        base.name(),
        sizeBytes == null ? base.sizeBytes() : sizeBytes,
        directions == null ? base.directions() : directions,
        deadline == null ? base.deadline() : deadline,
        mustArrive == null ? base.mustArrive() : mustArrive,
        link == null ? base.link() : link);
  }

  /** What is asked whether it meets the need. */
  public List<Variant> variants() {
    return variants == null ? Variant.OVER_LINKS : variants;
  }

  /**
   * How the link has to be made so that all variants are what they say. A relay ends TCP at its own
   * sockets, so that what the client's do with a loss can't be seen.
   *
   * @throws UsageException if a relay was asked for, and can't be had
   */
  public LinkMode linkMode(LinkMode asked) {
    Optional<Variant> ofTcp =
        variants().stream()
            .filter(one -> one.transport() == Transport.TCP && !one.equals(Variant.TCP))
            .findFirst();
    if (ofTcp.isEmpty()) {
      return asked;
    }
    if (asked == LinkMode.RELAY) {
      throw new UsageException(
          "%s can't be told from tcp over a relay, which has TCP sockets of its own: --link-mode tun"
              .formatted(ofTcp.get().word()));
    }
    return LinkMode.TUN;
  }

  /** Whether what can't be told is to be an exit status of its own. */
  public boolean strict() {
    return strict;
  }

  /** Reads variants' words. */
  static final class VariantsConverter implements ITypeConverter<List<Variant>> {
    @Override
    public List<Variant> convert(String text) {
      return Values.read(Variant::parseList, text);
    }
  }

  /** Reads which way files go. */
  static final class DirectionsConverter implements ITypeConverter<List<Direction>> {
    @Override
    public List<Direction> convert(String text) {
      return switch (text) {
        case "up" -> List.of(Direction.UP);
        case "down" -> List.of(Direction.DOWN);
        case "both" -> List.of(Direction.UP, Direction.DOWN);
        default ->
            throw new TypeConversionException("files go up, down or both, not '" + text + "'");
      };
    }
  }

  /** Reads the name of a use. */
  static final class UseConverter implements ITypeConverter<Use> {
    @Override
    public Use convert(String text) {
      return Arrays.stream(Use.values())
          .filter(use -> use.label().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "no use is called '%s': there are %s, or say --size, --rate, --deadline …"
                      .formatted(text, String.join(", ", new UseNames()))));
    }
  }

  /** The names of all uses. */
  static final class UseNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Use.values()).map(Use::label).iterator();
    }
  }
}
