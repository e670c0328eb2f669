package dev.sockbed.bench.conformance.planted;

import static dev.sockbed.bench.conformance.planted.WrongTcpServers.each;
import static dev.sockbed.bench.conformance.planted.WrongTcpServers.echo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Echo servers over TCP that mix their clients up, fail with one of them, or end connections
 * wrongly.
 */
final class WrongTcpConnections {
  private static final int LIMIT = 128;

  private WrongTcpConnections() {}

  static List<Planted<Supplier<TcpFixture>>> all() {
    return List.of(
        new Planted<>(
            "serves one client at a time",
            "echo/tcp/2.1",
            () -> TcpFixture.open((caller, _) -> echo(caller), false)),
        new Planted<>(
            "exchanges the echoes of two that come at the same moment",
            "echo/tcp/2.1",
            WrongTcpConnections::exchangingOnce),
        locked("holds a lock while it writes", "echo/tcp/2.2"),
        each("sends what one says to all", "echo/tcp/2.3", WrongTcpConnections::toAll),
        each(
            "serves one client in its life",
            "echo/tcp/2.4",
            (caller, server) -> {
              server.close(); // At once: after the echo, the next client could be quicker.
              echo(caller);
            }),
        each(
            "dies when it writes to a client that is gone",
            "echo/tcp/2.4",
            (caller, server) -> {
              try {
                echo(caller);
              } catch (IOException e) {
                server.close();
              }
            }),
        new Planted<>("serves 250 clients in its life", "echo/tcp/2.4", () -> someClients(250)),
        new Planted<>("has one buffer for all", "echo/tcp/2.3", WrongTcpConnections::sharedBuffer),
        each("lets all go when one breaks off", "echo/tcp/2.5", WrongTcpConnections::allWithOne),
        each(
            "lets all go when one closes",
            "echo/tcp/2.4",
            (caller, server) -> {
              echo(caller);
              letGo(server);
            }),
        each(
            "lets all go when one closes without a byte",
            "echo/tcp/2.6",
            (caller, server) -> {
              if (echo(caller) == 0) {
                letGo(server);
              }
            }),
        each(
            "closes after three seconds if nothing has come",
            "echo/tcp/3.1",
            (caller, _) -> {
              caller.setSoTimeout(3_000);
              int first = caller.getInputStream().read();
              caller.setSoTimeout(0);
              if (first >= 0) {
                caller.getOutputStream().write(first);
                echo(caller);
              }
            }),
        each(
            "closes three seconds after the half-close",
            "echo/tcp/3.3",
            (caller, _) -> {
              echo(caller);
              TimeUnit.SECONDS.sleep(3);
            }),
        ending("ends the talk at another word", "disconnect"),
        each(
            "closes after three seconds without a byte",
            "echo/tcp/3.1",
            (caller, _) -> {
              caller.setSoTimeout(3_000);
              try {
                echo(caller);
              } catch (SocketTimeoutException e) {
                caller.close();
              }
            }),
        speaking("greets after 300 ms", 300),
        speaking("sends a byte of life after 3 s", 3_000),
        each("repeats itself when idle", "echo/tcp/1.2", WrongTcpConnections::repeating),
        ending("ends the talk at a word", "quit"),
        each(
            "stops when a client breaks off",
            "echo/tcp/2.5",
            (caller, server) -> {
              try {
                echo(caller);
              } catch (SocketException e) {
                server.close();
              }
            }),
        each(
            "stops when a client sends nothing",
            "echo/tcp/2.6",
            (caller, server) -> {
              if (echo(caller) == 0) {
                server.close();
              }
            }),
        new Planted<>("serves fifty clients in its life", "echo/tcp/2.7", () -> someClients(50)),
        each(
            "closes after one message",
            "echo/tcp/3.1",
            (caller, _) -> {
              byte[] buffer = new byte[LIMIT];
              int length = caller.getInputStream().read(buffer);
              caller.getOutputStream().write(buffer, 0, Math.max(0, length));
              caller.shutdownOutput(); // Lest bytes that come right now make it a reset.
            }),
        each(
            "closes after half a second without a byte",
            "echo/tcp/3.1",
            (caller, _) -> {
              caller.setSoTimeout(500);
              try {
                echo(caller);
              } catch (SocketTimeoutException e) {
                caller.close();
              }
            }),
        each(
            "loses what was buffered at the half-close",
            "echo/tcp/3.2",
            WrongTcpConnections::loseBuffered),
        each(
            "never closes after the half-close",
            "echo/tcp/3.3",
            (caller, _) -> {
              echo(caller);
              TimeUnit.MINUTES.sleep(1);
            }),
        each(
            "closes by RST",
            "echo/tcp/3.4",
            (caller, _) -> {
              echo(caller);
              caller.setSoLinger(true, 0);
            }));
  }

  /** Two first messages of several clients, once in its life; all else is echoed rightly. */
  private static TcpFixture exchangingOnce() {
    AtomicInteger exchanged = new AtomicInteger();
    Exchanger<byte[]> pair = new Exchanger<>();
    return TcpFixture.open((caller, server) -> {
      byte[] first = new byte[LIMIT];
      int length = caller.getInputStream().read(first);
      byte[] message = Arrays.copyOf(first, Math.max(0, length));
      if (server.callers().size() > 2 && exchanged.getAndIncrement() < 2) {
        message = pair.exchange(message);
      }
      caller.getOutputStream().write(message);
      echo(caller);
    });
  }

  private static TcpFixture someClients(int most) {
    AtomicInteger clients = new AtomicInteger();
    return TcpFixture.open((caller, _) -> {
      if (clients.incrementAndGet() <= most) {
        echo(caller);
      } else {
        caller.getInputStream().readAllBytes();
      }
    });
  }

  private static Planted<Supplier<TcpFixture>> speaking(String fault, long afterMillis) {
    return each(
        fault,
        "echo/tcp/1.2",
        (caller, _) -> {
          Thread.startVirtualThread(() -> speak(caller, afterMillis));
          echo(caller);
        });
  }

  private static void speak(Socket caller, long afterMillis) {
    try {
      TimeUnit.MILLISECONDS.sleep(afterMillis);
      caller.getOutputStream().write('!');
    } catch (IOException | InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static void repeating(Socket caller, TcpFixture server) throws IOException {
    byte[] buffer = new byte[LIMIT];
    int length = 0;
    caller.setSoTimeout(2_000);
    while (true) {
      try {
        int got = caller.getInputStream().read(buffer);
        if (got < 0) {
          return;
        }
        length = got;
      } catch (SocketTimeoutException idle) {
        length = Math.max(length, 0);
      }
      caller.getOutputStream().write(buffer, 0, length);
    }
  }

  private static Planted<Supplier<TcpFixture>> ending(String fault, String word) {
    return each(fault, "echo/tcp/1.3", (caller, _) -> untilSaid(word, caller));
  }

  private static void untilSaid(String word, Socket caller) throws IOException {
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      if (new String(buffer, 0, length, StandardCharsets.ISO_8859_1).equals(word)) {
        return;
      }
      caller.getOutputStream().write(buffer, 0, length);
    }
  }

  private static void letGo(TcpFixture server) throws IOException {
    for (Socket each : server.callers()) {
      each.close();
    }
  }

  private static void allWithOne(Socket caller, TcpFixture server) throws IOException {
    try {
      echo(caller);
    } catch (IOException e) {
      letGo(server);
    }
  }

  private static TcpFixture sharedBuffer() {
    byte[] buffer = new byte[LIMIT];
    return TcpFixture.open((caller, _) -> {
      int length;
      while ((length = caller.getInputStream().read(buffer)) >= 0) {
        TimeUnit.MICROSECONDS.sleep(20);
        caller.getOutputStream().write(buffer, 0, length);
      }
    });
  }

  private static Planted<Supplier<TcpFixture>> locked(String fault, String rule) {
    return new Planted<>(
        fault,
        rule,
        () -> {
          ReentrantLock lock = new ReentrantLock();
          return TcpFixture.open((caller, _) -> {
            byte[] buffer = new byte[LIMIT];
            int length;
            while ((length = caller.getInputStream().read(buffer)) >= 0) {
              lock.lock();
              try {
                caller.getOutputStream().write(buffer, 0, length);
              } finally {
                lock.unlock();
              }
            }
          });
        });
  }

  private static void toAll(Socket caller, TcpFixture server) throws IOException {
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      for (Socket each : server.callers()) {
        each.getOutputStream().write(buffer, 0, length);
      }
    }
  }

  private static void loseBuffered(Socket caller, TcpFixture server)
      throws IOException, InterruptedException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    InputStream in = caller.getInputStream();
    int value;
    while ((value = in.read()) >= 0) {
      kept.write(value);
      TimeUnit.MILLISECONDS.sleep(in.available() > 0 ? 0 : 20);
      if (in.available() == 0 && !ended(caller)) {
        caller.getOutputStream().write(kept.toByteArray());
        kept.reset();
      }
    }
  }

  /** Looks for the end of the stream, and eats a byte if there is one, which is a fault too. */
  private static boolean ended(Socket caller) throws IOException {
    caller.setSoTimeout(1);
    try {
      return caller.getInputStream().read() < 0;
    } catch (SocketTimeoutException nothing) {
      return false;
    } finally {
      caller.setSoTimeout(0);
    }
  }
}
