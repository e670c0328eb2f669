package dev.sockbed.common.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for a program that can't tell which one it was given, or for nobody at all. */
public final class FreePort {
  /** Above those that tests name. */
  private static final int FIRST = 24_000;

  /** Linux picks the ports of those that ask for none from here on. */
  private static final int END = 32_768;

  private FreePort() {}

  /**
   * Picks a port that no socket has, neither over TCP nor over UDP, and that the system gives to
   * nobody who asks for any.
   *
   * @param host the local address, as numbers
   */
  public static int at(String host) {
    InetAddress address = InetAddress.ofLiteral(host);
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(new InetSocketAddress(address, port))) {
        return port;
      }
    }
  }

  private static boolean isFree(InetSocketAddress address) {
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.bind(address);
      udp.bind(address);
      return true;
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
