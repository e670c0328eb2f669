package dev.sockbed.client.command;

import dev.sockbed.client.device.HostLink;
import dev.sockbed.client.device.NetworkLink;
import dev.sockbed.client.device.WifiLink;
import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how the board joins its network. */
final class BoardLinkOptions {
  @Option(
      names = "--link-timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long to wait for a link with an address (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--interface",
      paramLabel = "NAME",
      description = "Wait for this interface (default: the one that routes to HOST).")
  private @Nullable String interfaceName;

  @Option(
      names = "--wifi",
      paramLabel = "SSID",
      description = {
        "Join this Wi-Fi network first, through NetworkManager's nmcli.",
        "The password is asked for, or taken from " + WifiLink.PASSWORD_VARIABLE + "."
      })
  private @Nullable String ssid;

  /** How long joining may take, until there is an address. */
  Duration timeout() {
    return timeout;
  }

  /**
   * The link to an assistant.
   *
   * @param local from where the board talks
   * @throws IllegalArgumentException if the Wi-Fi network's name or password can't be one
   */
  NetworkLink link(Address assistant, LocalEnd local, Surroundings surroundings) {
    NetworkLink link = new HostLink(assistant, local, interfaceName, surroundings.root());
    if (ssid == null) {
      return link;
    }
    Path nmcli = WifiLink.findNmcli(surroundings.environment().getOrDefault("PATH", ""));
    return new WifiLink(link, nmcli, ssid, interfaceName, password(ssid, surroundings));
  }

  private static @Nullable String password(String ssid, Surroundings surroundings) {
    String given = surroundings.environment().get(WifiLink.PASSWORD_VARIABLE);
    boolean canAsk =
        surroundings.streams().inputIsTerminal() && surroundings.streams().outputIsTerminal();
    String password = given == null && canAsk ? ask(ssid) : given;
    return password == null || password.isEmpty() ? null : password;
  }

  private static String ask(String ssid) {
    return Optional.ofNullable(System.console())
        .map(console -> console.readPassword("Password of %s (empty if none): ", ssid))
        .map(String::new)
        .orElse("");
  }
}
