package dev.sockbed.bench.bare;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The least that echoes, over either transport. */
public sealed interface BareServer extends Closeable permits BareTcpServer, BareUdpServer {
  /** Where it listens. */
  InetSocketAddress address() throws IOException;

  /**
   * Ends the server; to be called after the clients have closed their ends.
   *
   * @return how many bytes it sent back
   * @throws IOException if it failed on the way
   */
  long bytesEchoed() throws IOException, InterruptedException;
}
