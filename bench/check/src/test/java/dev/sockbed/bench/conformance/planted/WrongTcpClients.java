package dev.sockbed.bench.conformance.planted;

import dev.sockbed.bench.conformance.cases.InProcess.Client;
import dev.sockbed.common.Address;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Echo clients over TCP, each wrong in its own way. */
final class WrongTcpClients {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final byte[] MESSAGE = new byte[300];

  static {
    for (int i = 0; i < MESSAGE.length; i++) {
      MESSAGE[i] = (byte) (i + 1);
    }
  }

  private WrongTcpClients() {}

  static List<Planted<Client>> all() {
    return List.of(
        talking(
            "waits to be greeted",
            "echo/tcp/4.1",
            socket -> {
              socket.setSoTimeout(0);
              return socket.getInputStream().read();
            }),
        talking(
            "ends with status 1 whatever comes",
            "echo/tcp/4.2",
            socket -> {
              exchange(socket);
              return 1;
            }),
        talking("closes without a byte, and says that all is well", "echo/tcp/4.2", _ -> 0),
        talking(
            "breaks off without a byte, and says that all is well",
            "echo/tcp/4.2",
            socket -> {
              socket.setSoLinger(true, 0);
              return 0;
            }),
        talking(
            "takes one receive for the whole echo",
            "echo/tcp/4.3",
            socket -> {
              socket.getOutputStream().write(MESSAGE);
              byte[] echo = new byte[MESSAGE.length];
              return socket.getInputStream().read(echo) == MESSAGE.length ? 0 : 1;
            }),
        talking(
            "does not compare",
            "echo/tcp/4.4",
            socket -> {
              socket.getOutputStream().write(MESSAGE);
              return socket.getInputStream().readNBytes(MESSAGE.length).length == MESSAGE.length
                  ? 0
                  : 1;
            }),
        talking(
            "compares the beginning only",
            "echo/tcp/4.4",
            socket -> {
              byte[] echo = exchange(socket);
              return Arrays.equals(MESSAGE, 0, 10, echo, 0, 10) ? 0 : 1;
            }),
        talking(
            "takes the end of the stream for the end of the echo",
            "echo/tcp/4.5",
            socket -> {
              byte[] echo = exchange(socket);
              return Arrays.equals(MESSAGE, 0, echo.length, echo, 0, echo.length) ? 0 : 1;
            }),
        talking(
            "compares the first message only",
            "echo/tcp/4.4",
            socket -> {
              boolean right = Arrays.equals(MESSAGE, exchange(socket));
              for (int i = 0; i < 3 && right; i++) {
                right = exchange(socket).length == MESSAGE.length;
              }
              return right ? 0 : 1;
            }),
        talking(
            "does not compare the last message",
            "echo/tcp/4.4",
            socket -> {
              for (int i = 0; i < 3; i++) {
                if (!Arrays.equals(MESSAGE, exchange(socket))) {
                  return 1;
                }
              }
              return exchange(socket).length == MESSAGE.length ? 0 : 1;
            }),
        talking("takes upper for lower case", "echo/tcp/4.4", WrongTcpClients::withoutCase),
        talking(
            "takes what it gets, and looks how it begins",
            "echo/tcp/4.4",
            socket -> {
              for (byte[] message : List.of(MESSAGE, new byte[] {7})) {
                socket.getOutputStream().write(message);
                byte[] echo = new byte[4_096];
                int length = socket.getInputStream().readNBytes(echo, 0, message.length);
                length +=
                    socket.getInputStream().read(echo, length, socket.getInputStream().available());
                if (length < message.length
                    || !Arrays.equals(message, 0, message.length, echo, 0, message.length)) {
                  return 1;
                }
              }
              return 0;
            }),
        talking(
            "takes the end of the stream in its last message for its end",
            "echo/tcp/4.5",
            socket -> {
              if (!Arrays.equals(MESSAGE, exchange(socket))) {
                return 1;
              }
              byte[] echo = exchange(socket);
              return Arrays.equals(MESSAGE, 0, echo.length, echo, 0, echo.length) ? 0 : 1;
            }),
        talking(
            "takes a reset in its last message for its end",
            "echo/tcp/4.5",
            socket -> {
              if (!Arrays.equals(MESSAGE, exchange(socket))) {
                return 1;
              }
              try {
                byte[] echo = exchange(socket);
                return Arrays.equals(MESSAGE, echo) ? 0 : 1;
              } catch (SocketException e) {
                return 0;
              }
            }),
        talking(
            "waits for ever",
            "echo/tcp/4.6",
            socket -> {
              socket.setSoTimeout(0);
              return Arrays.equals(MESSAGE, exchange(socket)) ? 0 : 1;
            }),
        new Planted<>(
            "takes no connection for no error",
            "echo/tcp/4.7",
            server -> {
              try (Socket socket = new Socket(server.host(), server.port())) {
                return Arrays.equals(MESSAGE, exchange(socket)) ? 0 : 1;
              } catch (IOException e) {
                return 0;
              }
            }),
        talking(
            "closes by RST",
            "echo/tcp/4.8",
            socket -> {
              byte[] echo = exchange(socket);
              socket.setSoLinger(true, 0);
              return Arrays.equals(MESSAGE, echo) ? 0 : 1;
            }),
        talking(
            "sends short messages only",
            "echo/tcp/4.9",
            socket -> {
              socket.getOutputStream().write(1);
              return socket.getInputStream().read() == 1 ? 0 : 1;
            }));
  }

  private static int withoutCase(Socket socket) throws IOException {
    String message = "A message with Letters";
    socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
    byte[] echo = socket.getInputStream().readNBytes(message.length());
    return message.equalsIgnoreCase(new String(echo, StandardCharsets.US_ASCII)) ? 0 : 1;
  }

  private static byte[] exchange(Socket socket) throws IOException {
    socket.getOutputStream().write(MESSAGE);
    return socket.getInputStream().readNBytes(MESSAGE.length);
  }

  private static Planted<Client> talking(String fault, String rule, Talk talk) {
    return new Planted<>(
        fault,
        rule,
        server -> {
          try (Socket socket = connect(server)) {
            return talk.over(socket);
          }
        });
  }

  static Socket connect(Address server) throws IOException {
    Socket socket = new Socket(server.host(), server.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  /** Does nothing until it is interrupted. */
  static void rest() throws InterruptedException {
    TimeUnit.MINUTES.sleep(1);
  }

  /** What a client does, once connected; its end closes the connection. */
  @FunctionalInterface
  private interface Talk {
    int over(Socket socket) throws IOException;
  }
}
