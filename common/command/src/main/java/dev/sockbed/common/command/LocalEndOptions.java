package dev.sockbed.common.command;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.LocalEnd;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The flags that say from where a client talks, the same for every command that is one. */
public final class LocalEndOptions {
  @Option(
      names = "--local",
      paramLabel = "ADDRESS[:PORT]",
      converter = Local.class,
      description =
          "Talk from this address of this machine, as in 192.168.1.5, 192.168.1.5:5000 or"
              + " [::1]:5000; 0.0.0.0:5000 sets the port alone (default: the system's choice).")
  private @Nullable InetSocketAddress local;

  @Option(
      names = {"-4", "--ipv4"},
      description = "Only over IPv4.")
  private boolean ipv4;

  @Option(
      names = {"-6", "--ipv6"},
      description = "Only over IPv6.")
  private boolean ipv6;

  /** Whether any was given. */
  public boolean any() {
    return local != null || ipv4 || ipv6;
  }

  /**
   * From where to talk.
   *
   * @throws UsageException if the flags contradict each other
   */
  public LocalEnd end() {
    if (ipv4 && ipv6) {
      throw new UsageException("--ipv4 and --ipv6 contradict each other: give one or neither");
    }
    try {
      return new LocalEnd(family(), local);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * From where to talk over several sockets, of which only one could have a port.
   *
   * @throws UsageException if a port was given, or the flags contradict each other
   */
  public LocalEnd endWithoutPort() {
    LocalEnd end = end();
    if (end.port() > 0) {
      throw new UsageException(
          "--local %s: more than one socket is opened, and only one can have the port: give the"
                  .formatted(end)
              + " address alone");
    }
    return end;
  }

  private @Nullable AddressFamily family() {
    if (ipv4) {
      return AddressFamily.INET;
    }
    return ipv6 ? AddressFamily.INET6 : null;
  }

  /** Reads a local address. */
  static final class Local implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      return Values.read(LocalEnd::parse, text);
    }
  }
}
