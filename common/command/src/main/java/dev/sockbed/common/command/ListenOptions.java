package dev.sockbed.common.command;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressSyntaxException;
import dev.sockbed.common.Transport;
import java.io.PrintWriter;
import java.net.InetAddress;
import picocli.CommandLine.Option;

/** The flags of commands that listen: where, and whether other machines may reach it. */
public final class ListenOptions {
  @Option(
      names = {"--bind", "--host"},
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "The address or name to listen on (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "10000",
      converter = Values.Port.class,
      description = "The port; 0 picks one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--allow-remote", description = "Allow an address that other machines can reach.")
  private boolean allowRemote;

  /**
   * Where to listen. People put IPv6 addresses in brackets, which is understood.
   *
   * @throws UsageException if the host is neither an address nor a name
   */
  public Address address(Transport transport) {
    try {
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      String plain = bracketed ? host.substring(1, host.length() - 1) : host;
      return new Address(transport, plain, port);
    } catch (AddressSyntaxException e) {
      throw new UsageException("--bind: " + e.getMessage());
    }
  }

  /** Whether addresses that other machines can reach may be listened on. */
  public boolean allowRemote() {
    return allowRemote;
  }

  /**
   * Lets an address pass that may be listened on, and says what that exposes.
   *
   * @throws UsageException if it may not
   * @see RemoteBinding#check
   */
  public void check(InetAddress local, String what, PrintWriter warnings) {
    RemoteBinding.check(local, allowRemote, what, warnings);
  }
}
