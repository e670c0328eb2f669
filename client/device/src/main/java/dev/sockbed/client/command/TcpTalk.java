package dev.sockbed.client.command;

import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.socket.TcpSocket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A talk over a stream: bytes go out as they are read, lines or not, and what arrives is shown
 * receive by receive.
 *
 * @see UdpTalk
 */
final class TcpTalk extends Talk {
  private static final int LONGEST_READ = 8 << 10;
  private static final int LONGEST_HEX_LINE = 1 << 20;

  private final TcpSocket socket;
  private final boolean hex;

  TcpTalk(
      TcpSocket socket,
      TcpConfig config,
      InputStream in,
      boolean hex,
      Display display,
      Duration idle) {
    super(socket, config, in, display, idle);
    this.socket = socket;
    this.hex = hex;
  }

  @Override
  void sendInput(InputStream in) throws IOException {
    if (hex) {
      sendHexLines(new InputLines(in, LONGEST_HEX_LINE));
      return;
    }
    byte[] bytes = new byte[LONGEST_READ];
    int count;
    while ((count = in.read(bytes)) >= 0) {
      send(ByteBuffer.wrap(bytes, 0, count));
    }
  }

  private void sendHexLines(InputLines lines) throws IOException {
    byte[] line;
    while ((line = lines.next()) != null) {
      send(ByteBuffer.wrap(HexLine.parse(line, lines.number())));
    }
  }

  @Override
  void endOutput() throws SocketFailure {
    socket.shutdownOutput();
  }

  @Override
  void show(Display display, ByteBuffer arrived, boolean truncated) throws IOException {
    display.showPart(arrived);
  }
}
