package dev.sockbed.client.device;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Peer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network assistant written in Python: prints what it receives, as hexadecimal digits, and does
 * what its steps say.
 *
 * <ul>
 *   <li>{@code greeting N}: receives N bytes and prints them
 *   <li>{@code silence}: receives nothing for a while
 *   <li>{@code send HEX}: sends these bytes, in one call
 *   <li>{@code receive N}: receives N bytes over TCP, one datagram over UDP, and prints them
 *   <li>{@code end}: receives until the stream ends, and prints how many bytes that were
 *   <li>{@code half-close}, {@code close}, {@code reset}: TCP's three ways to end
 *   <li>{@code wait}: does nothing until standard input ends
 * </ul>
 */
public final class Assistant implements AutoCloseable {
  private static final String PROGRAM =
      """
      import socket, struct, sys
      kind, host, *steps = sys.argv[1:]
      family = socket.AF_INET6 if ':' in host else socket.AF_INET
      tcp = kind == 'tcp'
      own = socket.socket(family, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM)
      own.bind((host, 0))
      if tcp:
          own.listen(1)
      print('port', own.getsockname()[1])
      board = None
      if tcp:
          board, _ = own.accept()

      def receive(length):
          global board
          if not tcp:
              data, sender = own.recvfrom(65535)
              if board is None:
                  own.connect(sender)
                  board = own
              return data
          data = b''
          while len(data) < length:
              more = board.recv(length - len(data))
              if not more:
                  return data + b'!ended'
              data += more
          return data

      for step in steps:
          verb, _, argument = step.partition(' ')
          if verb in ('greeting', 'receive'):
              print(verb, receive(int(argument)).hex())
          elif verb == 'silence':
              board.settimeout(0.2)
              try:
                  print('noise', board.recv(65535).hex())
              except socket.timeout:
                  print('silence')
              board.settimeout(None)
          elif verb == 'send':
              board.sendall(bytes.fromhex(argument))
          elif verb == 'end':
              length = 0
              while more := board.recv(65535):
                  length += len(more)
              print('end', length)
          elif verb == 'half-close':
              board.shutdown(socket.SHUT_WR)
          elif verb == 'close':
              board.close()
          elif verb == 'reset':
              board.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
              board.close()
          elif verb == 'wait':
              sys.stdin.read()
      """;

  private final Peer peer;
  private final Address address;

  private Assistant(Transport transport, String host, List<String> steps) {
    peer =
        Peer.python(
            PROGRAM, Stream.concat(Stream.of(transport.scheme(), host), steps.stream()).toArray());
    address = new Address(transport, host, peer.awaitNumber("port"));
  }

  /** Starts one, which waits for a board. */
  public static Assistant start(Transport transport, String host, String... steps) {
    return new Assistant(transport, host, List.of(steps));
  }

  /** The step that sends a text as UTF-8. */
  public static String send(String text) {
    return "send " + hex(text);
  }

  /** What the assistant prints for a text. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Where a board finds it. */
  public Address address() {
    return address;
  }

  /** Waits until it has done all its steps; what it printed, but for the port, line by line. */
  public List<String> transcript() {
    if (peer.awaitExit() != 0) {
      throw new AssertionError(peer.errors());
    }
    return peer.output().lines().skip(1).toList();
  }

  /** Waits until it has printed that. */
  public void awaitOutput(String text) {
    peer.awaitOutput(text);
  }

  @Override
  public void close() {
    peer.close();
  }
}
