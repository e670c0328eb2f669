package dev.sockbed.bench.load.command;

import dev.sockbed.bench.load.Arrival;
import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.MessageSizes;
import dev.sockbed.bench.load.Pace;
import dev.sockbed.bench.load.Stop;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.command.ClientSocketOptions;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags that say what is sent, when and how much. */
public final class PlanOptions {
  private static final Duration DEFAULT_DURATION = Duration.ofSeconds(10);

  /** A receive that is larger gains nothing. */
  private static final int MOST_FOLLOWED = 64 << 10;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = Values.Rate.class,
      description = "Messages a second, over all connections together: an open loop.")
  private @Nullable Double rate;

  @Option(
      names = "--arrival",
      paramLabel = "constant|poisson",
      converter = ArrivalConverter.class,
      description = "How the messages of an open loop are spread (default: constant).")
  private @Nullable Arrival arrival;

  @Option(
      names = "--window",
      paramLabel = "N",
      converter = Values.Count.class,
      description = "Messages in flight on a connection: a closed loop (default: 1).")
  private @Nullable Integer window;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "1",
      converter = Values.Count.class,
      description = "Sockets that take part (default: ${DEFAULT-VALUE}).")
  private int connections = 1;

  @Option(
      names = "--size",
      paramLabel = "BYTES[,BYTES...]",
      defaultValue = "128",
      converter = SizesConverter.class,
      description =
          "Bytes a message, or several sizes in turn (default: ${DEFAULT-VALUE}). The receive limit"
              + " is as large unless it is given.")
  private MessageSizes sizes = MessageSizes.of(128);

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Values.PositiveDuration.class,
      description = "How long the measured part is (default: 10s).")
  private @Nullable Duration duration;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Values.Count.class,
      description = "Send N messages, however long that takes.")
  private @Nullable Integer count;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "How long to send before that (default: ${DEFAULT-VALUE}).")
  private Duration warmup = Duration.ofSeconds(1);

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      defaultValue = "1s",
      description =
          "A reply that takes longer is late; with --rate counted from when the message was meant"
              + " to be sent (default: ${DEFAULT-VALUE}).")
  private Duration deadline = Duration.ofSeconds(1);

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      converter = VariantConverter.class,
      description = {
        "How this end uses the transport: tcp, tcp+nagle, tcp+quickack, tcp+cubic,",
        "tcp+bbr or another congestion control, udp (default: the transport's own)."
      })
  private @Nullable Variant variant;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of all that is random: the gaps of --arrival poisson (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  /**
   * The plan that the flags make.
   *
   * @param limitGiven whether the receive limit is the user's; else it follows the sizes, or TCP
   *     would measure how long messages come in short pieces
   * @throws UsageException if they contradict each other, or a value is out of range
   */
  LoadPlan plan(Address target, ClientSocketOptions sockets, boolean limitGiven) {
    refuseContradictions();
    sockets.system().checkFor(List.of(target.transport()));
    Variant used = variant == null ? Variant.plain(target.transport()) : variant;
    refuseVariant(target, used);
    int limit =
        limitGiven
            ? sockets.receiveLimit()
            : Math.clamp(sizes.largest(), sockets.receiveLimit(), MOST_FOLLOWED);
    refuseWhatWouldBeCut(target, limit);
    try {
      return new LoadPlan(
          target,
          used,
          limited(used.applied(sockets.of(target.transport())), limit),
          sizes,
          connections,
          pace(),
          stop(),
          warmup,
          deadline,
          seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static SocketConfig limited(SocketConfig socket, int receiveLimit) {
    return switch (socket) {
      case TcpConfig tcp -> tcp.withReceiveLimit(receiveLimit);
      case UdpConfig udp -> udp.withReceiveLimit(receiveLimit);
    };
  }

  private static void refuseVariant(Address target, Variant variant) {
    if (variant.transport() != target.transport()) {
      throw new UsageException(
          "--variant %s does not go with %s".formatted(variant.word(), target));
    }
    if (!variant.isOfOptions()) {
      throw new UsageException(
          variant.word() + " is measured over bad networks, by compare --only link");
    }
  }

  private void refuseContradictions() {
    if (rate != null && window != null) {
      throw new UsageException(
          "--rate and --window contradict each other: either the clock sets the pace or the"
              + " replies");
    }
    if (arrival != null && rate == null) {
      throw new UsageException("--arrival goes with --rate: without a schedule nothing arrives");
    }
    if (duration != null && count != null) {
      throw new UsageException("--duration and --count contradict each other: give one");
    }
  }

  private void refuseWhatWouldBeCut(Address target, int receiveLimit) {
    int largest = sizes.largest();
    if (target.transport() == Transport.UDP && largest > UdpConfig.LONGEST_DATAGRAM) {
      throw new UsageException(
          "a datagram carries at most %d bytes, not %d"
              .formatted(UdpConfig.LONGEST_DATAGRAM, largest));
    }
    if (target.transport() == Transport.UDP && largest > receiveLimit) {
      throw new UsageException(
          "a datagram of %d bytes is cut by a receive of %d bytes, and the rest is gone:"
                  .formatted(largest, receiveLimit)
              + " raise --receive-limit or send less (TCP would bring it in pieces)");
    }
  }

  private Pace pace() {
    if (rate != null) {
      return new Pace.OpenLoop(rate, arrival == null ? Arrival.CONSTANT : arrival);
    }
    return new Pace.ClosedLoop(window == null ? 1 : window);
  }

  private Stop stop() {
    if (count != null) {
      return new Stop.AfterCount(count);
    }
    return new Stop.After(duration == null ? DEFAULT_DURATION : duration);
  }

  /** Reads a variant's word. */
  static final class VariantConverter implements ITypeConverter<Variant> {
    @Override
    public Variant convert(String text) {
      return Values.read(Variant::parse, text);
    }
  }

  /** Reads {@code constant} or {@code poisson}. */
  static final class ArrivalConverter implements ITypeConverter<Arrival> {
    @Override
    public Arrival convert(String text) {
      for (Arrival arrival : Arrival.values()) {
        if (arrival.label().equals(text.toLowerCase(Locale.ROOT))) {
          return arrival;
        }
      }
      throw new TypeConversionException("not an arrival: '" + text + "' (constant or poisson)");
    }
  }

  /** Reads {@code 128} or {@code 16,64,4KiB}. */
  static final class SizesConverter implements ITypeConverter<MessageSizes> {
    @Override
    public MessageSizes convert(String text) {
      return Values.read(MessageSizes::parse, text);
    }
  }
}
