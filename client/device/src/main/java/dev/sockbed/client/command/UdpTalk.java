package dev.sockbed.client.command;

import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.socket.UdpSocket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A talk in datagrams: each line goes out as one, without its line feed, since a datagram has ends
 * of its own, so an empty line is an empty datagram; each that arrives is shown on a line.
 *
 * @see TcpTalk
 */
final class UdpTalk extends Talk {
  private static final int LONGEST_HEX_LINE = 1 << 20;

  private final UdpConfig config;
  private final boolean hex;
  private final Consumer<String> notes;
  private int cut;

  UdpTalk(
      UdpSocket socket,
      UdpConfig config,
      InputStream in,
      boolean hex,
      Display display,
      Duration idle,
      Consumer<String> notes) {
    super(socket, config, in, display, idle);
    this.config = config;
    this.hex = hex;
    this.notes = notes;
  }

  @Override
  void sendInput(InputStream in) throws IOException {
    InputLines lines = new InputLines(in, hex ? LONGEST_HEX_LINE : UdpConfig.LONGEST_DATAGRAM);
    byte[] line;
    while ((line = lines.next()) != null) {
      byte[] datagram = hex ? HexLine.parse(line, lines.number()) : line;
      if (datagram.length > UdpConfig.LONGEST_DATAGRAM) {
        throw new UsageException(
            "standard input, line %d: %d bytes, and a datagram holds at most %d"
                .formatted(lines.number(), datagram.length, UdpConfig.LONGEST_DATAGRAM));
      }
      send(ByteBuffer.wrap(datagram));
    }
  }

  @Override
  void endOutput() {
    // UDP has no end to tell of.
  }

  @Override
  void show(Display display, ByteBuffer arrived, boolean truncated) throws IOException {
    display.showMessage(arrived);
    if (truncated) {
      cut++;
      if (cut == 1) {
        notes.accept(
            "a datagram was cut to " + config.receiveLimit() + " bytes (see --receive-limit)");
      }
    }
  }

  /** How many datagrams were cut to the receive limit; to be asked when the talk is over. */
  int cut() {
    return cut;
  }
}
