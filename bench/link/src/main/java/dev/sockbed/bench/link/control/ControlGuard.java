package dev.sockbed.bench.link.control;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lets in who has the token and asks by this server's own address, and no page of a browser. */
final class ControlGuard {
  private static final String SCHEME = "Bearer ";

  private final String token;

  /** Makes a token for this run. */
  ControlGuard() {
    byte[] random = new byte[18];
    new SecureRandom().nextBytes(random);
    token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  String token() {
    return token;
  }

  /**
   * Checks a request. A name that somebody's DNS points at us (rebinding) fails here, and so does
   * every page, whose browser says where it is from.
   */
  void check(HttpExchange exchange) throws Refusal {
    Headers headers = exchange.getRequestHeaders();
    List<String> hosts = headers.getOrDefault("Host", List.of());
    if (hosts.size() != 1 || !isOurs(hosts.getFirst(), exchange)) {
      throw new Refusal(421, "this server does not go by that Host");
    }
    if (headers.containsKey("Origin") || headers.containsKey("Sec-Fetch-Site")) {
      throw new Refusal(403, "requests from pages are refused");
    }
    String given = headers.getFirst("Authorization");
    if (given == null
        || !given.startsWith(SCHEME)
        || !MessageDigest.isEqual(bytes(given.substring(SCHEME.length())), bytes(token))) {
      throw new Refusal(
          401, "the token is missing or wrong: send Authorization: Bearer and what link printed");
    }
  }

  private static boolean isOurs(String host, HttpExchange exchange) {
    InetAddress local = exchange.getLocalAddress().getAddress();
    String literal = local.getHostAddress();
    String port = ":" + exchange.getLocalAddress().getPort();
    Set<String> names =
        Set.of("localhost" + port, literal + port, "[" + literal + "]" + port, "[::1]" + port);
    return names.contains(host.toLowerCase(Locale.ROOT));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
