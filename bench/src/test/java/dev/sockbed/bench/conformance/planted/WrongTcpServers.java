package dev.sockbed.bench.conformance.planted;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Echo servers over TCP, each wrong in its own way. */
final class WrongTcpServers {
  private static final int LIMIT = 128;

  private WrongTcpServers() {}

  static List<Planted<Supplier<TcpFixture>>> all() {
    return List.of(
        changing(
            "drops the last byte of what it receives",
            "echo/tcp/1.1",
            bytes -> bytes.length > 1 ? Arrays.copyOf(bytes, bytes.length - 1) : bytes),
        each(
            "echoes only the first 128 bytes of a stream",
            "echo/tcp/1.1",
            WrongTcpServers::firstLimitOnly),
        changing("adds a line end", "echo/tcp/1.2", bytes -> with(bytes, '\n')),
        each(
            "greets",
            "echo/tcp/1.2",
            (caller, _) -> {
              caller.getOutputStream().write("welcome\n".getBytes(UTF_8));
              echo(caller);
            }),
        changing("sends everything twice", "echo/tcp/1.2", WrongTcpServers::twice),
        changing("stops at a NUL", "echo/tcp/1.3", WrongTcpServers::untilNul),
        changing(
            "decodes as UTF-8", "echo/tcp/1.3", bytes -> new String(bytes, UTF_8).getBytes(UTF_8)),
        changing(
            "takes 0xFF for a telnet command",
            "echo/tcp/1.3",
            bytes -> without(bytes, (byte) 0xFF)),
        changing("drops carriage returns", "echo/tcp/1.3", bytes -> without(bytes, (byte) '\r')),
        changing(
            "swaps the bytes of 16-bit numbers", "echo/tcp/1.4", WrongTcpServers::swappedInPairs),
        each("waits for a line end", "echo/tcp/1.5", WrongTcpServers::byLines),
        each(
            "waits for the end of the stream",
            "echo/tcp/1.5",
            (caller, _) -> caller.getOutputStream().write(caller.getInputStream().readAllBytes())),
        each("gives up after 64 KiB", "echo/tcp/1.6", WrongTcpServers::upTo64KiB),
        each(
            "drops what a slow reader has no room for",
            "echo/tcp/1.7",
            WrongTcpServers::dropWhenSlow),
        each("sends pieces with a delay", "echo/tcp/1.8", WrongTcpServers::delayPieces),
        new Planted<>(
            "serves one client at a time",
            "echo/tcp/2.1",
            () -> TcpFixture.open((caller, _) -> echo(caller), false)),
        locked("holds a lock while it writes", "echo/tcp/2.2"),
        each("sends what one says to all", "echo/tcp/2.3", WrongTcpServers::toAll),
        each(
            "serves one client in its life",
            "echo/tcp/2.4",
            (caller, server) -> {
              server.close(); // At once: after the echo, the next client could be quicker.
              echo(caller);
            }),
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
        each(
            "closes after one message",
            "echo/tcp/3.1",
            (caller, _) -> {
              byte[] buffer = new byte[LIMIT];
              int length = caller.getInputStream().read(buffer);
              caller.getOutputStream().write(buffer, 0, Math.max(0, length));
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
            WrongTcpServers::loseBuffered),
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

  private static Planted<Supplier<TcpFixture>> each(
      String fault, String rule, TcpFixture.Service service) {
    return new Planted<>(fault, rule, () -> TcpFixture.open(service));
  }

  private static Planted<Supplier<TcpFixture>> changing(String fault, String rule, Change change) {
    return each(
        fault,
        rule,
        (caller, _) -> {
          byte[] buffer = new byte[LIMIT];
          int length;
          while ((length = caller.getInputStream().read(buffer)) >= 0) {
            caller.getOutputStream().write(change.of(Arrays.copyOf(buffer, length)));
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

  /** A right echo; returns how many bytes it was. */
  static long echo(Socket caller) throws IOException {
    byte[] buffer = new byte[LIMIT];
    long all = 0;
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      caller.getOutputStream().write(buffer, 0, length);
      all += length;
    }
    return all;
  }

  private static void firstLimitOnly(Socket caller, TcpFixture server) throws IOException {
    caller.getOutputStream().write(caller.getInputStream().readNBytes(1));
    int left = LIMIT - 1;
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      int echoed = Math.min(left, length);
      caller.getOutputStream().write(buffer, 0, echoed);
      left -= echoed;
    }
  }

  private static void upTo64KiB(Socket caller, TcpFixture server) throws IOException {
    int left = 64 << 10;
    byte[] buffer = new byte[LIMIT];
    int length;
    while (left > 0 && (length = caller.getInputStream().read(buffer)) >= 0) {
      caller.getOutputStream().write(buffer, 0, length);
      left -= length;
    }
    caller.shutdownOutput();
    caller.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static void byLines(Socket caller, TcpFixture server) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int value;
    while ((value = caller.getInputStream().read()) >= 0) {
      line.write(value);
      if (value == '\n') {
        caller.getOutputStream().write(line.toByteArray());
        line.reset();
      }
    }
  }

  private static void dropWhenSlow(Socket caller, TcpFixture server)
      throws IOException, InterruptedException {
    BlockingQueue<byte[]> due = new LinkedBlockingQueue<>(20);
    Thread writer = Thread.ofVirtual().start(() -> writeSlowly(caller, due));
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      due.offer(Arrays.copyOf(buffer, length), 1, TimeUnit.MICROSECONDS);
    }
    writer.interrupt();
    writer.join();
  }

  private static void writeSlowly(Socket caller, BlockingQueue<byte[]> due) {
    try {
      while (true) {
        caller.getOutputStream().write(due.take());
        TimeUnit.MILLISECONDS.sleep(1);
      }
    } catch (IOException | InterruptedException over) {
      due.clear();
    }
  }

  private static void delayPieces(Socket caller, TcpFixture server)
      throws IOException, InterruptedException {
    InputStream in = caller.getInputStream();
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = in.read(buffer)) >= 0) {
      caller.getOutputStream().write(buffer, 0, length);
      if (in.available() > 0) {
        TimeUnit.MILLISECONDS.sleep(40);
      }
    }
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

  private static byte[] with(byte[] bytes, char last) {
    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
    more[bytes.length] = (byte) last;
    return more;
  }

  private static byte[] twice(byte[] bytes) {
    byte[] more = Arrays.copyOf(bytes, bytes.length * 2);
    System.arraycopy(bytes, 0, more, bytes.length, bytes.length);
    return more;
  }

  private static byte[] untilNul(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOf(bytes, end);
  }

  private static byte[] without(byte[] bytes, byte unwanted) {
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    for (byte value : bytes) {
      if (value != unwanted) {
        left.write(value);
      }
    }
    return left.toByteArray();
  }

  /** As if it read 16-bit numbers of the other byte order. */
  private static byte[] swappedInPairs(byte[] bytes) {
    byte[] swapped = bytes.clone();
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      swapped[i] = bytes[i + 1];
      swapped[i + 1] = bytes[i];
    }
    return swapped;
  }

  /** What comes back in the place of what was received. */
  @FunctionalInterface
  private interface Change {
    byte[] of(byte[] received);
  }
}
