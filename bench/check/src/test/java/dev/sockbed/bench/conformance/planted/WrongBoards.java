package dev.sockbed.bench.conformance.planted;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockbed.bench.conformance.cases.InProcess.Client;
import dev.sockbed.common.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Boards' programs, each wrong in its own way. */
final class WrongBoards {
  private static final byte[] GREETING = "Hello 01Studio!".getBytes(UTF_8);
  private static final int LIMIT = 128;

  private WrongBoards() {}

  /** What differs from a right board over TCP. */
  private static final class Board {
    private byte[] greeting = GREETING;
    private String prefix = "I got:";
    private int limit = LIMIT;
    private long pauseMillis = 50;
    private long greetingAfterMillis;
    private long standsStillMillis;
    private int timeoutMillis;
    private boolean answersTheEnd;
    private boolean staysAfterTheEnd;
    private boolean dropsWhatIsLeft;
    private Change change = bytes -> bytes;

    int talk(Socket socket) throws IOException, InterruptedException {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      socket.setSoTimeout(timeoutMillis);
      TimeUnit.MILLISECONDS.sleep(greetingAfterMillis);
      out.write(greeting);
      byte[] buffer = new byte[limit];
      while (true) {
        int length = in.read(buffer);
        if (length < 0 && !answersTheEnd) {
          break;
        }
        TimeUnit.MILLISECONDS.sleep(standsStillMillis);
        standsStillMillis = 0;
        byte[] got = change.of(Arrays.copyOf(buffer, Math.max(0, length)));
        byte[] answer = Arrays.copyOf(prefix.getBytes(UTF_8), prefix.length() + got.length);
        System.arraycopy(got, 0, answer, prefix.length(), got.length);
        out.write(answer);
        if (dropsWhatIsLeft) {
          TimeUnit.MILLISECONDS.sleep(20);
          in.skipNBytes(in.available());
        }
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      }
      if (staysAfterTheEnd) {
        TimeUnit.MINUTES.sleep(1);
      }
      return 0;
    }
  }

  static List<Planted<Client>> overTcp() {
    return List.of(
        board("does not greet", "device/1.1", it -> it.greeting = new byte[0]),
        board("greets after 4 s", "device/1.1", it -> it.greetingAfterMillis = 4_000),
        new Planted<>("greets until it is answered", "device/1.2", WrongBoards::greetAgain),
        board("gives up after 3 s of silence", "device/3.3", it -> it.timeoutMillis = 3_000),
        board(
            "ends the talk at a word",
            "device/2.2",
            it ->
                it.change = bytes -> new String(bytes, UTF_8).equals("quit") ? new byte[0] : bytes),
        board(
            "ends the talk at another word",
            "device/2.2",
            it ->
                it.change =
                    bytes -> new String(bytes, UTF_8).equals("reboot") ? new byte[0] : bytes),
        board("greets late", "device/1.1", it -> it.greetingAfterMillis = 7_000),
        board(
            "greets twice",
            "device/1.2",
            it -> it.greeting = "Hello 01Studio!Hello 01Studio!".getBytes(UTF_8)),
        new Planted<>("sends signs of life", "device/1.3", WrongBoards::signsOfLife),
        board("has another prefix", "device/2.1", it -> it.prefix = "I got "),
        board(
            "decodes as UTF-8",
            "device/2.2",
            it -> it.change = bytes -> new String(bytes, UTF_8).getBytes(UTF_8)),
        board(
            "stops at a NUL",
            "device/2.2",
            it ->
                it.change =
                    bytes -> {
                      int end = 0;
                      while (end < bytes.length && bytes[end] != 0) {
                        end++;
                      }
                      return Arrays.copyOf(bytes, end);
                    }),
        board("receives 256 bytes at once", "device/2.3", it -> it.limit = 256),
        board(
            "answers one receive of what came, and drops the rest",
            "device/2.4",
            it -> it.dropsWhatIsLeft = true),
        new Planted<>("answers the first message only", "device/2.7", WrongBoards::answerOnce),
        board("does not pause", "device/3.1", it -> it.pauseMillis = 0),
        board(
            "does not pause, and stands still once",
            "device/3.1",
            it -> {
              it.pauseMillis = 0;
              it.standsStillMillis = 400;
            }),
        board("pauses too long", "device/3.2", it -> it.pauseMillis = 1_800),
        board("gives up after a second of silence", "device/3.3", it -> it.timeoutMillis = 1_000),
        board(
            "does not close when the assistant has",
            "device/4.1",
            it -> it.staysAfterTheEnd = true),
        board(
            "answers the end of the stream for ever", "device/4.2", it -> it.answersTheEnd = true),
        new Planted<>(
            "closes without answering what came before", "device/4.4", WrongBoards::closeAtOnce));
  }

  static List<Planted<Client>> overUdp() {
    return List.of(
        overUdp("does not greet", "device/1.1", new byte[0], LIMIT, 0, "I got:"),
        overUdp("has another prefix", "device/2.1", GREETING, LIMIT, 0, "got:"),
        overUdp("answers all of a long datagram", "device/2.5", GREETING, 2_000, 0, "I got:"),
        answering(
            "floods after an empty datagram",
            "device/2.6",
            (message, answer, times) -> {
              answer.send(message);
              if (message.length == 0) {
                while (true) {
                  TimeUnit.MILLISECONDS.sleep(50);
                  answer.send(message);
                }
              }
            }),
        answering(
            "pauses for 3 s",
            "device/2.7",
            (message, answer, times) -> {
              TimeUnit.SECONDS.sleep(3);
              answer.send(message);
            }),
        answering(
            "takes blanks away",
            "device/2.2",
            (message, answer, times) ->
                answer.send(new String(message, UTF_8).strip().getBytes(UTF_8))),
        answering(
            "drops repeats",
            "device/2.7",
            (message, answer, times) -> {
              if (times == 1) {
                answer.send(message);
              }
            }),
        answering(
            "answers twice",
            "device/2.5",
            (message, answer, times) -> {
              answer.send(message);
              answer.send(message);
            }),
        overUdp("ignores empty datagrams", "device/2.6", GREETING, LIMIT, 1, "I got:"));
  }

  private static Planted<Client> board(String fault, String rule, Fault planted) {
    return new Planted<>(
        fault,
        rule,
        server -> {
          Board board = new Board();
          planted.in(board);
          try (Socket socket = new Socket(server.host(), server.port())) {
            socket.setTcpNoDelay(true);
            return board.talk(socket);
          }
        });
  }

  private static int signsOfLife(Address server) throws Exception {
    try (Socket socket = new Socket(server.host(), server.port())) {
      socket.getOutputStream().write(GREETING);
      while (true) {
        TimeUnit.MILLISECONDS.sleep(100);
        socket.getOutputStream().write('.');
      }
    }
  }

  private static int greetAgain(Address server) throws Exception {
    try (Socket socket = new Socket(server.host(), server.port())) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(GREETING);
      byte[] buffer = new byte[LIMIT];
      while (true) {
        try {
          int length = socket.getInputStream().read(buffer);
          socket.getOutputStream().write("I got:".getBytes(UTF_8));
          socket.getOutputStream().write(buffer, 0, Math.max(0, length));
        } catch (SocketTimeoutException unanswered) {
          socket.getOutputStream().write(GREETING);
        }
      }
    }
  }

  private static int answerOnce(Address server) throws Exception {
    try (Socket socket = new Socket(server.host(), server.port())) {
      socket.getOutputStream().write(GREETING);
      byte[] buffer = new byte[LIMIT];
      int length = socket.getInputStream().read(buffer);
      socket.getOutputStream().write("I got:".getBytes(UTF_8));
      socket.getOutputStream().write(buffer, 0, Math.max(0, length));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return 0;
    }
  }

  /** It looks for the end first, and finds it behind what it has not read. */
  private static int closeAtOnce(Address server) throws Exception {
    try (Socket socket = new Socket(server.host(), server.port())) {
      socket.getOutputStream().write(GREETING);
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return 0;
    }
  }

  private static Planted<Client> overUdp(
      String fault, String rule, byte[] greeting, int limit, int shortest, String prefix) {
    return new Planted<>(
        fault,
        rule,
        server -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress assistant = new InetSocketAddress(server.host(), server.port());
            if (greeting.length > 0) {
              socket.send(new DatagramPacket(greeting, greeting.length, assistant));
            }
            while (true) {
              DatagramPacket packet = new DatagramPacket(new byte[limit], limit);
              socket.receive(packet);
              if (packet.getLength() >= shortest) {
                byte[] start = prefix.getBytes(UTF_8);
                byte[] answer = Arrays.copyOf(start, start.length + packet.getLength());
                System.arraycopy(packet.getData(), 0, answer, start.length, packet.getLength());
                socket.send(new DatagramPacket(answer, answer.length, assistant));
              }
            }
          }
        });
  }

  private static Planted<Client> answering(String fault, String rule, Answering answering) {
    return new Planted<>(
        fault,
        rule,
        server -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress assistant = new InetSocketAddress(server.host(), server.port());
            socket.send(new DatagramPacket(GREETING, GREETING.length, assistant));
            Map<String, Integer> times = new HashMap<>();
            while (true) {
              DatagramPacket packet = new DatagramPacket(new byte[LIMIT], LIMIT);
              socket.receive(packet);
              byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
              Answer answer =
                  bytes -> {
                    byte[] start = "I got:".getBytes(UTF_8);
                    byte[] all = Arrays.copyOf(start, start.length + bytes.length);
                    System.arraycopy(bytes, 0, all, start.length, bytes.length);
                    socket.send(new DatagramPacket(all, all.length, assistant));
                  };
              int so = times.merge(Arrays.toString(message), 1, Integer::sum);
              answering.to(message, answer, so);
            }
          }
        });
  }

  /** Sends an answer to what was received. */
  @FunctionalInterface
  private interface Answer {
    void send(byte[] received) throws IOException;
  }

  /** What is done about a message that came for so many times. */
  @FunctionalInterface
  private interface Answering {
    void to(byte[] message, Answer answer, int times) throws IOException, InterruptedException;
  }

  /** What comes back in the place of what was received. */
  @FunctionalInterface
  private interface Change {
    byte[] of(byte[] received);
  }

  /** Makes a right board wrong. */
  @FunctionalInterface
  private interface Fault {
    void in(Board board);
  }
}
