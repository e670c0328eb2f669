package dev.sockbed.bench.bare;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.CpuAffinity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;

/**
 * Bare servers as what another process measures: they listen until an input ends, so that they do
 * not outlive who started them. Their process is the twin of {@code serve}'s, so that a round trip
 * of either crosses the same border.
 */
public final class BareServing {
  /** What {@code bench} does this by; its value is the processors, or none. */
  public static final String FLAG = "--serve-bare";

  private BareServing() {}

  /** A server of that transport, with the receive limit that ours has when nobody sets one. */
  public static BareServer open(Transport transport) throws IOException {
    return switch (transport) {
      case TCP -> new BareTcpServer(SocketConfig.DEFAULT_RECEIVE_LIMIT);
      case UDP -> new BareUdpServer(SocketConfig.DEFAULT_RECEIVE_LIMIT);
    };
  }

  /**
   * Serves over both transports and tells where, a line each, as {@code serve} does.
   *
   * @param cpus the processors that the servers are kept to, or none
   * @param out where the lines go
   * @param input what is read to its end
   */
  public static void run(List<Integer> cpus, PrintWriter out, InputStream input)
      throws IOException {
    try (var _ = CpuAffinity.pinned(cpus);
        BareServer tcp = open(Transport.TCP);
        BareServer udp = open(Transport.UDP)) {
      out.println("listening tcp:/" + tcp.address());
      out.println("listening udp:/" + udp.address());
      out.flush();
      input.transferTo(OutputStream.nullOutputStream());
    }
  }
}
