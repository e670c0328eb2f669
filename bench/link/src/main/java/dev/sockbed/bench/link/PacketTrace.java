package dev.sockbed.bench.link;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.Fate;
import dev.sockbed.common.command.PatientFile;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A capture file of what came to a link: each packet as it was before the link touched it, when it
 * came, and its fate as the packet's comment. Two interfaces, {@code up} and {@code down}.
 * Wireshark, tcpdump and Scapy read it: it is in the form pcapng, whatever the file is called.
 *
 * <p>May be used by several threads.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">pcapng</a>
 */
public final class PacketTrace implements Closeable {
  private static final int SECTION_HEADER = 0x0A0D0D0A;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER = 0x1A2B3C4D;

  /**
   * Not LINKTYPE_RAW (101), of which libpcap 1.10.3 refuses a second interface.
   *
   * @see <a href="https://www.tcpdump.org/linktypes.html">link types</a>
   */
  private static final short LINKTYPE_IPV4 = 228;

  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_NAME = 2;
  private static final int OPTION_RESOLUTION = 9;
  private static final byte NANOSECONDS = 9;
  private static final int SNAPSHOT_BYTES = 65_535;
  private static final int BLOCK_BYTES = 1 << 17;

  private final Path path;
  private final OutputStream file;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final long wallClockOffsetNanos;

  /** Why it goes no further; null as long as it does. Guarded by this. */
  private @Nullable String fault;

  private PacketTrace(Path path, OutputStream file) throws IOException {
    this.path = path;
    this.file = file;
    long wallNanos = System.currentTimeMillis() * 1_000_000;
    wallClockOffsetNanos = wallNanos - System.nanoTime();
    begin(SECTION_HEADER);
    block.putInt(BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
    end();
    for (Direction direction : Direction.values()) {
      begin(INTERFACE_DESCRIPTION);
      block.putShort(LINKTYPE_IPV4).putShort((short) 0).putInt(SNAPSHOT_BYTES);
      option(OPTION_NAME, direction.label().getBytes(StandardCharsets.UTF_8));
      option(OPTION_RESOLUTION, new byte[] {NANOSECONDS});
      option(0, new byte[0]);
      end();
    }
  }

  /**
   * Begins a file, over whatever was there.
   *
   * @throws IOException if it can't be written, also if it is a pipe that nobody opens for reading
   *     within ten seconds
   */
  public static PacketTrace open(Path path) throws IOException {
    return open(path, PatientFile.PATIENCE);
  }

  static PacketTrace open(Path path, Duration patience) throws IOException {
    OutputStream file = new BufferedOutputStream(PatientFile.create(path, patience), BLOCK_BYTES);
    try {
      return new PacketTrace(path, file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Adds a packet. If it can't be written, for want of room for example, the trace ends there: the
   * link goes on, and {@link #fault} says why.
   *
   * @param cameNanos when it came, on the clock of {@link System#nanoTime}
   * @param packet an IPv4 packet, from position to limit
   */
  synchronized void add(Direction direction, long cameNanos, ByteBuffer packet, Fate fate) {
    if (fault != null) {
      return;
    }
    try {
      write(direction, cameNanos, packet, fate);
    } catch (IOException e) {
      ended(e);
    }
  }

  private void write(Direction direction, long cameNanos, ByteBuffer packet, Fate fate)
      throws IOException {
    long time = cameNanos + wallClockOffsetNanos;
    int length = packet.remaining();
    begin(ENHANCED_PACKET);
    block.putInt(direction == Direction.UP ? 0 : 1);
    block.putInt((int) (time >>> Integer.SIZE)).putInt((int) time);
    block.putInt(length).putInt(length).put(packet.duplicate());
    pad();
    // Scapy takes a comment for one only if a line ends there.
    String comment = "#" + fate.packet() + " " + fate.describe(cameNanos) + "\n";
    option(OPTION_COMMENT, comment.getBytes(StandardCharsets.UTF_8));
    option(0, new byte[0]);
    end();
  }

  private void begin(int type) {
    block.clear().putInt(type).putInt(0);
  }

  private void option(int code, byte[] value) {
    block.putShort((short) code).putShort((short) value.length).put(value);
    pad();
  }

  private void pad() {
    while (block.position() % Integer.BYTES != 0) {
      block.put((byte) 0);
    }
  }

  private void end() throws IOException {
    int length = block.position() + Integer.BYTES;
    block.putInt(length).putInt(Integer.BYTES, length);
    file.write(block.array(), 0, length);
  }

  private void ended(IOException cause) {
    if (fault == null) {
      fault = path + ": " + cause.getMessage() + "; the trace is cut off there, the link was not";
    }
  }

  /** Why it is not whole, in one line, or null if it is; ask when it is closed. */
  public synchronized @Nullable String fault() {
    return fault;
  }

  /** Writes what is left and closes the file. */
  @Override
  public synchronized void close() {
    try (file) {
      if (fault == null) {
        file.flush();
      }
    } catch (IOException e) {
      ended(e);
    }
  }
}
