package dev.sockbed.bench.conformance.planted;

import static dev.sockbed.bench.conformance.planted.WrongTcpServers.each;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Echo servers over TCP that wait when they should not, or lose what comes too quickly. */
final class WrongTcpStreams {
  private static final int LIMIT = 128;

  private WrongTcpStreams() {}

  static List<Planted<Supplier<TcpFixture>>> all() {
    return List.of(
        each("waits for a line end", "echo/tcp/1.5", WrongTcpStreams::byLines),
        each(
            "waits for the end of the stream",
            "echo/tcp/1.5",
            (caller, _) -> caller.getOutputStream().write(caller.getInputStream().readAllBytes())),
        each(
            "answers after 3 s",
            "echo/tcp/1.5",
            (caller, _) -> {
              boolean goesOn = true;
              while (goesOn) {
                goesOn = echoOne(caller, 3);
              }
            }),
        each(
            "answers all but the first message after 3 s",
            "echo/tcp/1.5",
            (caller, _) -> {
              boolean goesOn = echoOne(caller, 0);
              while (goesOn) {
                goesOn = echoOne(caller, 3);
              }
            }),
        each("has a cap of 1 MiB", "echo/tcp/1.6", WrongTcpStreams::upToAMebibyte),
        each(
            "does not go on with a send that took a part",
            "echo/tcp/1.7",
            WrongTcpStreams::withoutTheRest),
        each(
            "drops the rest of a send at the half-close",
            "echo/tcp/3.2",
            WrongTcpStreams::withoutTheRest),
        each("gives up after 64 KiB", "echo/tcp/1.6", WrongTcpStreams::upTo64KiB),
        each(
            "drops what a slow reader has no room for",
            "echo/tcp/1.7",
            WrongTcpStreams::dropWhenSlow),
        each("sends pieces with a delay", "echo/tcp/1.8", WrongTcpStreams::delayPieces));
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

  /** Sends back what one receive gave, so much later; false at the end of the stream. */
  private static boolean echoOne(Socket caller, int seconds)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[LIMIT];
    int length = caller.getInputStream().read(buffer);
    TimeUnit.SECONDS.sleep(seconds);
    caller.getOutputStream().write(buffer, 0, Math.max(0, length));
    return length >= 0;
  }

  private static void upToAMebibyte(Socket caller, TcpFixture server) throws IOException {
    int left = 1 << 20;
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      caller.getOutputStream().write(buffer, 0, Math.min(length, left));
      left -= Math.min(length, left);
    }
  }

  /** As send does it in C when the socket does not block: it takes what there is room for. */
  private static void withoutTheRest(Socket caller, TcpFixture server)
      throws IOException, InterruptedException {
    BlockingQueue<byte[]> room = new LinkedBlockingQueue<>(64);
    Thread writer = Thread.ofVirtual().start(() -> writeAll(caller, room));
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      room.offer(Arrays.copyOf(buffer, length), 20, TimeUnit.MILLISECONDS);
    }
    while (!room.isEmpty() && writer.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    writer.interrupt();
    writer.join();
  }

  private static void writeAll(Socket caller, BlockingQueue<byte[]> room) {
    try {
      while (true) {
        caller.getOutputStream().write(room.take());
      }
    } catch (IOException | InterruptedException over) {
      room.clear();
    }
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
}
