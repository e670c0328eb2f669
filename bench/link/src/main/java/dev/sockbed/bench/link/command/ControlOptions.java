package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.Relay;
import dev.sockbed.bench.link.TcpRelay;
import dev.sockbed.bench.link.TunRelay;
import dev.sockbed.bench.link.control.ControlServer;
import dev.sockbed.bench.link.control.SteeredLink;
import dev.sockbed.bench.link.model.Steering;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.command.Values;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The flag by which a link can be changed while it runs. */
final class ControlOptions {
  @Option(
      names = "--control",
      paramLabel = "ADDRESS:PORT",
      converter = Loopback.class,
      description = {
        "Let programs of this machine read and change the link while it runs, over HTTP at this"
            + " loopback address, as in 127.0.0.1:8474; port 0 picks one. The token that they need"
            + " is printed."
      })
  private @Nullable InetSocketAddress control;

  /** The timeline, which can be changed if that is asked for. */
  Timeline steered(Timeline timeline, long seed) {
    return control == null ? timeline : timeline.steeredBy(new Steering(seed));
  }

  /**
   * Begins to serve, if that is asked for.
   *
   * @param timeline that of {@link #steered}
   */
  @Nullable ControlServer open(Relay relay, Timeline timeline) throws SocketFailure {
    Steering steering = timeline.steering();
    return control == null || steering == null
        ? null
        : ControlServer.open(
            control,
            new SteeredLink(relay, timeline, steering, setting -> impossible(relay, setting)));
  }

  private static @Nullable String impossible(Relay relay, Steering.Setting setting) {
    if (relay instanceof TcpRelay && RelayLimits.changesPackets(setting.spec())) {
      return "a relay can't lose, reorder or change TCP segments: use --link-mode tun";
    }
    if (relay instanceof TunRelay && setting.share() < 1) {
      return "a share of connections is for relays: over tun the link sees packets, and no"
          + " connections";
    }
    return null;
  }

  /** Reads a loopback address with a port. */
  static final class Loopback implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      return Values.read(Loopback::parse, text);
    }

    private static InetSocketAddress parse(String text) {
      InetSocketAddress address = LocalEnd.parse(text);
      if (!address.getAddress().isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "'%s' is no loopback address: other machines could change the link".formatted(text));
      }
      return address;
    }
  }
}
