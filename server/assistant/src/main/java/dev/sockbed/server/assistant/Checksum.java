package dev.sockbed.server.assistant;

import java.util.HexFormat;
import java.util.zip.CRC32;

/** A check value behind a message, as devices on serial lines and their gateways expect it. */
public enum Checksum {
  /** The sum of the bytes modulo 256: one byte. */
  SUM("sum") {
    @Override
    Bytes of(byte[] message) {
      int sum = 0;
      for (byte octet : message) {
        sum += octet;
      }
      return Bytes.of(new byte[] {(byte) sum});
    }
  },
  /** The exclusive or of the bytes: one byte. */
  XOR("xor") {
    @Override
    Bytes of(byte[] message) {
      int xor = 0;
      for (byte octet : message) {
        xor ^= octet;
      }
      return Bytes.of(new byte[] {(byte) xor});
    }
  },
  /**
   * CRC-16/MODBUS: two bytes, the low one first ("MODBUS over Serial Line Specification and
   * Implementation Guide" V1.02, 6.2.2).
   */
  CRC16_MODBUS("crc16-modbus") {
    @Override
    Bytes of(byte[] message) {
      int crc = 0xffff;
      for (byte octet : message) {
        crc ^= octet & 0xff;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
          // 0xa001 is the polynomial 0x8005 with its bits reversed.
          crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0xa001;
        }
      }
      return Bytes.of(new byte[] {(byte) crc, (byte) (crc >>> Byte.SIZE)});
    }
  },
  /** CRC-32 of IEEE 802.3, which zip and zlib have, too: four bytes, big-endian. */
  CRC32_IEEE("crc32") {
    @Override
    Bytes of(byte[] message) {
      CRC32 crc = new CRC32();
      crc.update(message);
      return Bytes.of(HexFormat.of().parseHex(HexFormat.of().toHexDigits((int) crc.getValue())));
    }
  };

  private final String label;

  Checksum(String label) {
    this.label = label;
  }

  /** The check value, in the order in which its bytes are sent. */
  abstract Bytes of(byte[] message);

  /** The message, then its check value. */
  public Bytes appendedTo(Bytes message) {
    return message.then(of(message.toArray()));
  }

  /** The name in scripts and requests: {@code sum}, {@code xor}, {@code crc16-modbus}, ... */
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @throws IllegalArgumentException if there is no such checksum
   */
  public static Checksum parse(String label) {
    for (Checksum checksum : values()) {
      if (checksum.label.equals(label)) {
        return checksum;
      }
    }
    throw new IllegalArgumentException(
        "not a checksum: '" + label + "' (sum, xor, crc16-modbus or crc32)");
  }
}
