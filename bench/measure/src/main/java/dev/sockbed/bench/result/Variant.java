package dev.sockbed.bench.result;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A transport and how it is used: what a comparison sets against each other. All variants carry the
 * same bytes by the same schedule and deadline, and have the same account. It is told by a word:
 * the transport alone for its usual use, or with what is different, as in {@code tcp+nagle}.
 *
 * @param transport whose sockets it opens
 * @param use how they are used
 * @param how what the word has behind the transport, as in {@code nagle} or {@code bbr}; empty for
 *     {@link Use#PLAIN}
 */
public record Variant(Transport transport, Use use, String how) {
  /** How a transport is used. */
  public enum Use {
    /** As everywhere else: TCP without Nagle's algorithm, UDP with each datagram sent once. */
    PLAIN(""),
    /**
     * TCP with Nagle's algorithm (RFC 896): a small write waits while another is unacknowledged.
     */
    NAGLE("nagle"),
    /** TCP whose client acknowledges at once what it receives: {@code TCP_QUICKACK}. */
    QUICK_ACK("quickack"),
    /** TCP with the congestion control of that name: {@code TCP_CONGESTION}. */
    CONGESTION(""),
    /** Datagrams that the client sends again until an answer comes; each answer counts once. */
    RETRY("retry");

    private final String label;

    Use(String label) {
      this.label = label;
    }
  }

  /** A stream: the system sends again what was lost, and keeps the order. */
  public static final Variant TCP = new Variant(Transport.TCP, Use.PLAIN, "");

  /** Datagrams, each sent once. */
  public static final Variant UDP = new Variant(Transport.UDP, Use.PLAIN, "");

  /** Datagrams that the client sends again. */
  public static final Variant UDP_RETRY = of(Transport.UDP, Use.RETRY);

  /** TCP with Nagle's algorithm. */
  public static final Variant TCP_NAGLE = of(Transport.TCP, Use.NAGLE);

  /** TCP that acknowledges at once. */
  public static final Variant TCP_QUICK_ACK = of(Transport.TCP, Use.QUICK_ACK);

  /** What is compared over a bad network unless other variants are named. */
  public static final List<Variant> OVER_LINKS = List.of(TCP, UDP, UDP_RETRY);

  /** What goes beyond the transports and congestion controls, in the order of the help. */
  private static final List<Variant> NAMED = List.of(TCP, TCP_NAGLE, TCP_QUICK_ACK, UDP, UDP_RETRY);

  /**
   * The congestion controls that Linux has, or had, of which a kernel offers some. Others are taken
   * for a slip of the pen.
   */
  private static final List<String> CONGESTION_CONTROLS =
      List.of(
          "bbr",
          "bic",
          "cdg",
          "cubic",
          "dctcp",
          "highspeed",
          "htcp",
          "hybla",
          "illinois",
          "lp",
          "nv",
          "reno",
          "scalable",
          "vegas",
          "veno",
          "westwood",
          "yeah");

  private static Variant of(Transport transport, Use use) {
    return new Variant(transport, use, use.label);
  }

  /** A transport as it is used everywhere else. */
  public static Variant plain(Transport transport) {
    return transport == Transport.TCP ? TCP : UDP;
  }

  /**
   * TCP with a congestion control.
   *
   * @param name as the kernel has it, for instance {@code cubic}
   */
  public static Variant congestion(String name) {
    return new Variant(Transport.TCP, Use.CONGESTION, name);
  }

  /**
   * Reads the word.
   *
   * @throws IllegalArgumentException in a sentence that lists the words, if it is none
   */
  public static Variant parse(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    Optional<Variant> named = NAMED.stream().filter(one -> one.word().equals(word)).findAny();
    if (named.isPresent()) {
      return named.get();
    }
    String how = word.startsWith("tcp+") ? word.substring("tcp+".length()) : "";
    if (CONGESTION_CONTROLS.contains(how)) {
      return congestion(how);
    }
    throw new IllegalArgumentException(
        "not a variant: '%s' (%s, or tcp+cubic, tcp+bbr and other congestion controls)"
            .formatted(text, String.join(", ", NAMED.stream().map(Variant::word).toList())));
  }

  /**
   * Reads words with commas between them, each once.
   *
   * @throws IllegalArgumentException in a sentence, if one is none or comes twice
   */
  public static List<Variant> parseList(String text) {
    List<Variant> variants = new ArrayList<>();
    for (String word : Arrays.asList(text.split(",", -1))) {
      Variant variant = parse(word.strip());
      if (variants.contains(variant)) {
        throw new IllegalArgumentException("the variant " + variant.word() + " is named twice");
      }
      variants.add(variant);
    }
    return List.copyOf(variants);
  }

  /** The word, as in {@code udp+retry}. */
  public String word() {
    return how.isEmpty() ? transport.scheme() : transport.scheme() + "+" + how;
  }

  /** Whether it is nothing but other socket options, so that any work can be done with it. */
  public boolean isOfOptions() {
    return switch (use) {
      case PLAIN, NAGLE, QUICK_ACK, CONGESTION -> true;
      case RETRY -> false;
    };
  }

  /**
   * The same configuration with the options that this variant is made of.
   *
   * @throws IllegalArgumentException if it is for another transport
   */
  public SocketConfig applied(SocketConfig config) {
    if (config.transport() != transport) {
      throw new IllegalArgumentException(
          "the sockets are %s and the variant is %s"
              .formatted(config.transport().scheme(), word()));
    }
    return config instanceof TcpConfig tcp ? applied(tcp) : config;
  }

  /** The same TCP configuration with the options that this variant is made of. */
  public TcpConfig applied(TcpConfig config) {
    return switch (use) {
      case NAGLE -> config.withNoDelay(false);
      case QUICK_ACK -> config.withQuickAck(true);
      case CONGESTION -> config.withCongestionControl(how);
      case PLAIN, RETRY -> config;
    };
  }

  /** How often a message is sent at most. */
  public int attempts() {
    return use == Use.RETRY ? 6 : 1;
  }

  @Override
  public String toString() {
    return word();
  }
}
