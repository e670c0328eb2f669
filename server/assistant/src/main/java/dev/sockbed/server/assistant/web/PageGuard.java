package dev.sockbed.server.assistant.web;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets in the page that we opened, and nobody else. */
final class PageGuard {
  /** The header that carries the token; no other site's page can set it. */
  static final String TOKEN_HEADER = "X-Sockbed-Token";

  private final String token;
  private final String bindHost;

  /**
   * Makes a token for this run.
   *
   * @param bindHost the host that the page's server was told to bind
   */
  PageGuard(String bindHost) {
    byte[] random = new byte[18];
    new SecureRandom().nextBytes(random);
    this.token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    this.bindHost = bindHost.toLowerCase(Locale.ROOT);
  }

  String token() {
    return token;
  }

  /**
   * Checks where the request was meant to go and whose page made it. A name that somebody else's
   * DNS points at us (rebinding) fails here, and so does another site's page.
   */
  void checkOrigin(HttpExchange exchange) throws HttpRefusal {
    List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
    if (hosts.size() != 1 || !isOurs(hosts.getFirst(), exchange)) {
      throw new HttpRefusal(421, "host", "this server does not go by that Host");
    }
    List<String> origins = exchange.getRequestHeaders().getOrDefault("Origin", List.of());
    for (String origin : origins) {
      if (!origin.equalsIgnoreCase("http://" + hosts.getFirst())) {
        throw new HttpRefusal(403, "origin", "requests from another site's page are refused");
      }
    }
    String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new HttpRefusal(403, "origin", "requests from another site's page are refused");
    }
  }

  /** Checks the token. */
  void checkToken(HttpExchange exchange) throws HttpRefusal {
    String given = exchange.getRequestHeaders().getFirst(TOKEN_HEADER);
    if (given == null || !MessageDigest.isEqual(bytes(given), bytes(token))) {
      throw new HttpRefusal(
          403,
          "token",
          "the token is missing or wrong; open the address that the assistant printed when it"
              + " started");
    }
  }

  private boolean isOurs(String hostHeader, HttpExchange exchange) {
    int port = exchange.getLocalAddress().getPort();
    int colon = hostHeader.lastIndexOf(':');
    boolean hasPort = colon > hostHeader.lastIndexOf(']');
    String host = (hasPort ? hostHeader.substring(0, colon) : hostHeader).toLowerCase(Locale.ROOT);
    String givenPort = hasPort ? hostHeader.substring(colon + 1) : "80";
    if (!givenPort.equals(String.valueOf(port))) {
      return false;
    }
    InetAddress local = exchange.getLocalAddress().getAddress();
    boolean loopbackName = local.isLoopbackAddress() && host.equals("localhost");
    return loopbackName || host.equals(bindHost) || local.equals(literal(host));
  }

  /** The address that a literal stands for; null if it is a name. Nothing is looked up. */
  private static @Nullable InetAddress literal(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException aName) {
      return null;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
