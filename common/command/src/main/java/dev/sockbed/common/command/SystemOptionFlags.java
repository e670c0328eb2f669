package dev.sockbed.common.command;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.PacketOptions;
import dev.sockbed.common.SharedChanges;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags for the options of {@code setsockopt(2)}; each leaves the default if not given. */
public final class SystemOptionFlags {
  @Option(
      names = "--nodelay",
      paramLabel = "yes|no",
      converter = YesOrNo.class,
      description = "TCP: no lets small writes wait for each other (Nagle, RFC 896; default: yes).")
  private @Nullable Answer noDelay;

  @Option(
      names = "--quickack",
      description = "TCP: acknowledge at once what comes (TCP_QUICKACK; Linux).")
  private boolean quickAck;

  @Option(
      names = "--keepalive",
      description = "TCP: ask a silent peer now and then whether it is there (SO_KEEPALIVE).")
  private boolean keepAlive;

  @Option(
      names = "--congestion",
      paramLabel = "NAME",
      description = "TCP: the congestion control, as in cubic, bbr or reno (Linux).")
  private @Nullable String congestion;

  @Option(
      names = "--send-buffer",
      paramLabel = "BYTES",
      converter = Values.Size.class,
      description = "The send buffer to ask the system for (SO_SNDBUF).")
  private @Nullable Integer sendBuffer;

  @Option(
      names = "--receive-buffer",
      paramLabel = "BYTES",
      converter = Values.Size.class,
      description = "The receive buffer to ask the system for (SO_RCVBUF; default over UDP: 4MiB).")
  private @Nullable Integer receiveBuffer;

  @Option(
      names = "--dscp",
      paramLabel = "N|NAME",
      converter = Dscp.class,
      description = "The packets' code point (RFC 2474): 0 to 63, or ef, af41, cs1 and others.")
  private @Nullable Integer dscp;

  @Option(
      names = "--ttl",
      paramLabel = "N",
      converter = Values.Count.class,
      description = "How many hops a packet may make, 1 to 255 (Linux).")
  private @Nullable Integer ttl;

  @Option(
      names = "--interface",
      paramLabel = "NAME",
      description = "Use this interface only, as in eth0 (SO_BINDTODEVICE; Linux).")
  private @Nullable String networkInterface;

  /** Whether any was given. */
  public boolean any() {
    return !tcpOnly().isEmpty()
        || sendBuffer != null
        || receiveBuffer != null
        || !packets().equals(PacketOptions.DEFAULT);
  }

  /** Whether a TTL was given. */
  public boolean hasTtl() {
    return ttl != null;
  }

  /**
   * What the system grants to a socket that is set so, in words; asked of one that is closed again.
   *
   * @throws SocketFailure if there can be no such socket
   */
  public static String granted(SocketConfig config) throws SocketFailure {
    try (BlockingSocket socket =
        switch (config) {
          case TcpConfig tcp -> TcpSocket.open(AddressFamily.INET, tcp);
          case UdpConfig udp -> UdpSocket.open(AddressFamily.INET, udp);
        }) {
      return config.transport().scheme() + ": granted " + socket.options();
    }
  }

  /** The same flags for a server of ours over both transports, which can't be given a TTL. */
  public List<String> forServer() {
    List<String> flags = tcpOnly();
    add(flags, "--send-buffer=", sendBuffer);
    add(flags, "--receive-buffer=", receiveBuffer);
    add(flags, "--dscp=", dscp);
    add(flags, "--interface=", networkInterface);
    return flags;
  }

  private static void add(List<String> flags, String name, @Nullable Object value) {
    if (value != null) {
      flags.add(name + value);
    }
  }

  /** The flags that UDP has no option for, as they were given. */
  private List<String> tcpOnly() {
    List<String> flags = new ArrayList<>();
    if (noDelay != null) {
      flags.add("--nodelay=" + (noDelay == Answer.YES ? "yes" : "no"));
    }
    if (quickAck) {
      flags.add("--quickack");
    }
    if (keepAlive) {
      flags.add("--keepalive");
    }
    add(flags, "--congestion=", congestion);
    return flags;
  }

  /**
   * Refuses flags for another transport than those that are used.
   *
   * @throws UsageException naming the first such flag
   */
  public void checkFor(Collection<Transport> transports) {
    if (!transports.contains(Transport.TCP) && !tcpOnly().isEmpty()) {
      String flag = tcpOnly().getFirst().split("=", 2)[0];
      throw new UsageException(flag + " is for TCP: UDP has no such option");
    }
  }

  /**
   * A TCP configuration with these flags.
   *
   * @throws UsageException if a value is out of range
   */
  public TcpConfig change(TcpConfig config) {
    try {
      return shared(config)
          .withNoDelay(noDelay == null ? config.noDelay() : noDelay == Answer.YES)
          .withQuickAck(quickAck)
          .withKeepAlive(keepAlive)
          .withCongestionControl(congestion);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A UDP configuration with these flags.
   *
   * @throws UsageException if a value is out of range
   */
  public UdpConfig change(UdpConfig config) {
    return shared(config);
  }

  private <C extends SharedChanges<C>> C shared(C config) {
    C changed = config.withPackets(packets());
    if (sendBuffer != null) {
      changed = changed.withSendBufferBytes(sendBuffer);
    }
    if (receiveBuffer != null) {
      changed = changed.withReceiveBufferBytes(receiveBuffer);
    }
    return changed;
  }

  private PacketOptions packets() {
    try {
      return new PacketOptions(dscp, ttl, networkInterface);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Not a boolean, which picocli takes for a flag without a value. */
  enum Answer {
    YES,
    NO
  }

  /** Reads {@code yes} or {@code no}. */
  static final class YesOrNo implements ITypeConverter<Answer> {
    @Override
    public Answer convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "yes" -> Answer.YES;
        case "no" -> Answer.NO;
        default -> throw new TypeConversionException("must be yes or no, not '" + text + "'");
      };
    }
  }

  /** Reads a code point: a number, or the name of a class (RFC 2474, 2597 and 3246). */
  static final class Dscp implements ITypeConverter<Integer> {
    private static final Pattern CLASS_SELECTOR = Pattern.compile("cs([0-7])");
    private static final Pattern ASSURED_FORWARDING = Pattern.compile("af([1-4])([1-3])");
    private static final int EXPEDITED_FORWARDING = 46;
    private static final int MOST = 63;

    @Override
    public Integer convert(String text) {
      String name = text.toLowerCase(Locale.ROOT);
      Matcher selector = CLASS_SELECTOR.matcher(name);
      if (selector.matches()) {
        return 8 * Integer.parseInt(selector.group(1));
      }
      Matcher assured = ASSURED_FORWARDING.matcher(name);
      if (assured.matches()) {
        return 8 * Integer.parseInt(assured.group(1)) + 2 * Integer.parseInt(assured.group(2));
      }
      if (name.equals("ef")) {
        return EXPEDITED_FORWARDING;
      }
      if (!name.matches("\\d{1,2}") || Integer.parseInt(name) > MOST) {
        throw new TypeConversionException(
            "not a code point: '" + text + "' (0 to 63, ef, cs0 to cs7, or af11 to af43)");
      }
      return Integer.parseInt(name);
    }
  }
}
