package dev.sockbed.bench.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads what a {@link PacketTrace} has written. */
public final class TraceFile {
  private static final int ENHANCED_PACKET = 6;

  private TraceFile() {}

  /** The bodies of a pcapng file's packet blocks, in order. */
  public static List<byte[]> packets(byte[] file) {
    ByteBuffer blocks = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> packets = new ArrayList<>();
    while (blocks.hasRemaining()) {
      int type = blocks.getInt();
      int length = blocks.getInt();
      byte[] body = new byte[length - 3 * Integer.BYTES];
      blocks.get(body);
      assertThat(blocks.getInt()).as("the length at the block's end").isEqualTo(length);
      if (type == ENHANCED_PACKET) {
        packets.add(body);
      }
    }
    return packets;
  }
}
