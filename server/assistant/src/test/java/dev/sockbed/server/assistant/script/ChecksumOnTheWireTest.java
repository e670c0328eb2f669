package dev.sockbed.server.assistant.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.assistant.Assistant;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checksums against another implementation: Python's zlib, and a CRC-16 that shifts to the left.
 */
@Tag("process")
final class ChecksumOnTheWireTest {
  private static final String CHECKS =
      """
      import functools, operator, socket, zlib

      def mirrored(value, bits):
          return int(format(value, f'0{bits}b')[::-1], 2)

      def modbus(data):
          crc = 0xffff
          for octet in data:
              crc ^= mirrored(octet, 8) << 8
              for _ in range(8):
                  crc = (crc << 1 ^ 0x8005 if crc & 0x8000 else crc << 1) & 0xffff
          return mirrored(crc, 16).to_bytes(2, 'little')

      OF = [('sum', 1, lambda data: bytes([sum(data) % 256])),
            ('xor', 1, lambda data: bytes([functools.reduce(operator.xor, data)])),
            ('crc16-modbus', 2, modbus),
            ('crc32', 4, lambda data: zlib.crc32(data).to_bytes(4, 'big'))]
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); s.settimeout(40)
      print('port', s.getsockname()[1], flush=True)
      for name, length, check in OF:
          frame, peer = s.recvfrom(1000)
          data, value = frame[:-length], frame[-length:]
          print(name, data, 'good' if value == check(data) else f'bad: {value.hex()}', flush=True)
          s.sendto(b'seen ' + name.encode() + check(b'seen ' + name.encode()), peer)
      """;

  private final List<String> problems = new ArrayList<>();

  @Test
  void anotherImplementationFindsEachChecksumGoodAndItsOwnIsExpected() throws Exception {
    try (Peer python = Peer.python(CHECKS);
        Assistant assistant = new Assistant(false)) {
      List<String> script =
          """
          open udp 0 to 127.0.0.1:%d
          send all "123456789" checksum sum
          expect "seen sum" checksum sum
          send all hex "00 ff 80 7f" crlf checksum xor
          expect "seen xor" checksum xor
          repeat 1h all hex "01 03 00 00 00 0a" checksum crc16-modbus
          expect "seen crc16-modbus" checksum crc16-modbus
          send all "中文" lf checksum crc32
          expect "seen crc32" checksum crc32
          """
              .formatted(python.awaitNumber("port"))
              .lines()
              .toList();
      PrintWriter nowhere = new PrintWriter(new StringWriter());
      assertThat(new ScriptRunner(assistant, nowhere, problems::add).run("script", script))
          .as("%s %s", problems, python.output())
          .isEqualTo(ExitStatus.OK);
      assertThat(python.awaitExit()).as(python.errors()).isZero();
      assertThat(python.output().lines().skip(1))
          .containsExactly(
              "sum b'123456789' good",
              "xor b'\\x00\\xff\\x80\\x7f\\r\\n' good",
              "crc16-modbus b'\\x01\\x03\\x00\\x00\\x00\\n' good",
              "crc32 b'\\xe4\\xb8\\xad\\xe6\\x96\\x87\\n' good");
    }
  }

  @Test
  void aReplySendsItsTextWithTheChecksum() throws ScriptSyntaxException {
    assertThat(CommandParser.parse("reply any \"123456789\" checksum crc32"))
        .isEqualTo(CommandParser.parse("reply any hex \"313233343536373839 cbf43926\""));
  }
}
