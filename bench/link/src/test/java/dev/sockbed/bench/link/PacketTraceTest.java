package dev.sockbed.bench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What other people's readers find in a trace is what the link counted. */
@Tag("process")
class PacketTraceTest {
  private static final String LINK =
      "up-loss=10%,up-duplicate=5%,up-corrupt=5%,up-reorder=5%,up-rate=5Mbit/s,up-queue=100";

  private static final int DATAGRAMS = 2_000;
  private static final int PORT = 10_000;

  /** Wireshark's names of the columns that are asked for. */
  private static final String[] COLUMNS = {
    "frame.interface_name", "ip.src", "udp.length", "frame.comment"
  };

  @TempDir private Path folder;

  @Test
  void tsharkFindsEveryPacketAndItsFate() throws IOException {
    Peer.require("tshark");
    Path file = folder.resolve("link.pcapng");
    PacketCounts.Snapshot up = sendOver(file);

    List<String[]> packets = new ArrayList<>(read(file));

    assertThat(packets.removeLast()[0]).isEqualTo("down");
    assertThat(packets).hasSize(DATAGRAMS);
    assertThat(packets)
        .allSatisfy(packet -> {
          assertThat(packet[0]).isEqualTo("up");
          assertThat(packet[1]).isEqualTo(TunLink.CLIENT_ADDRESS);
          assertThat(packet[2]).as("8 of UDP's header and 100").isEqualTo("108");
        });
    assertThat(with(packets, "dropped: loss")).isEqualTo(up.lost()).isPositive();
    assertThat(with(packets, "dropped: queue")).isEqualTo(up.queueDropped()).isPositive();
    assertThat(with(packets, "again after")).isEqualTo(up.duplicated()).isPositive();
    assertThat(with(packets, "flipped")).isEqualTo(up.corrupted()).isPositive();
    assertThat(with(packets, "held back")).isEqualTo(up.heldBack()).isPositive();
    assertThat(with(packets, "arrives after")).isEqualTo(up.packets() - up.dropped());
  }

  @Test
  void tcpdumpReadsEveryPacketOfBothDirections() throws IOException {
    Peer.require("tcpdump");
    Path file = folder.resolve("link.pcapng");
    sendOver(file);
    try (Peer tcpdump = Peer.start("tcpdump", "-n", "-r", file.toString())) {
      assertThat(tcpdump.awaitExit()).as(tcpdump.errors()).isZero();
      assertThat(tcpdump.output().lines()).hasSize(DATAGRAMS + 1);
      assertThat(tcpdump.output().lines().filter(line -> line.endsWith(": UDP, length 100")))
          .hasSize(DATAGRAMS);
      assertThat(tcpdump.output())
          .contains("IP " + TunLink.SERVER_ADDRESS + "." + PORT + " > " + TunLink.CLIENT_ADDRESS);
    }
  }

  @Test
  void scapyFindsEveryPacketWithItsFate() throws IOException {
    String python = Peer.pythonWith("scapy");
    Path file = folder.resolve("link.pcapng");
    PacketCounts.Snapshot up = sendOver(file);
    String reader =
        """
        import logging, sys; logging.disable()
        from scapy.all import IP, PcapNgReader
        for p in PcapNgReader(sys.argv[1]):
            comment = p.comment.decode() if isinstance(p.comment, bytes) else p.comment
            print(p[IP].src, comment.strip())
        """;
    try (Peer scapy = Peer.start(python, "-c", reader, file.toString())) {
      assertThat(scapy.awaitExit()).as(scapy.errors()).isZero();
      List<String> packets = scapy.output().lines().toList();
      assertThat(packets).hasSize(DATAGRAMS + 1);
      assertThat(packets.stream().filter(line -> line.startsWith(TunLink.CLIENT_ADDRESS + " #")))
          .hasSize(DATAGRAMS);
      assertThat(packets.getLast()).startsWith(TunLink.SERVER_ADDRESS + " #");
      assertThat(packets.stream().filter(line -> line.contains("dropped: loss")))
          .hasSize((int) up.lost());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskEndsTheTraceAndNotTheLink() throws IOException {
    Path full = Path.of("/dev/full");

    PacketCounts.Snapshot up = sendOver(full); // More than what is kept before it is written.

    assertThat(up.packets()).isEqualTo(DATAGRAMS);
    assertThat(up.delivered()).isPositive();
    PacketTrace trace = PacketTrace.open(full);
    trace.close();
    assertThat(trace.fault()).startsWith("/dev/full: No space left on device; ");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aTraceIntoAPipeThatNobodyReadsIsGivenUp() {
    Path pipe = folder.resolve("pipe");
    try (Peer mkfifo = Peer.start("mkfifo", pipe.toString())) {
      assertThat(mkfifo.awaitExit()).isZero();
    }

    assertThatIOException()
        .isThrownBy(() -> PacketTrace.open(pipe, Duration.ofMillis(100)))
        .withMessage("it is a pipe that nobody reads");
  }

  private static PacketCounts.Snapshot sendOver(Path file) throws IOException {
    try (PacketTrace trace = PacketTrace.open(file);
        TunLink link = open(trace);
        DatagramChannel client = link.inClient(DatagramChannel::open)) {
      client.connect(new InetSocketAddress(InetAddress.getByName(TunLink.SERVER_ADDRESS), PORT));
      // Somebody must listen, or there are ICMP messages too.
      try (DatagramChannel server = link.inServer(DatagramChannel::open)) {
        server.bind(new InetSocketAddress(PORT));
        for (int i = 0; i < DATAGRAMS; i++) {
          client.write(ByteBuffer.allocate(100));
        }
        PacketCounts up = link.counters(Direction.UP);
        await().until(() -> up.snapshot().packets() == DATAGRAMS && hasDelivered(up.snapshot()));
        server.send(ByteBuffer.allocate(1), client.getLocalAddress());
        PacketCounts down = link.counters(Direction.DOWN);
        await().until(() -> down.snapshot().packets() == 1);
        return up.snapshot();
      }
    }
  }

  private static boolean hasDelivered(PacketCounts.Snapshot up) {
    return up.delivered() == up.packets() - up.dropped() + up.duplicated();
  }

  private static TunLink open(PacketTrace trace) {
    try {
      return TunLink.open(Timeline.constant(LinkText.parse(LINK)), 4, trace);
    } catch (NotPermittedException | NotOnThisSystemException e) {
      assumeThat(e.getMessage()).as("may make networks").isNull();
      throw e;
    }
  }

  private static List<String[]> read(Path file) {
    StringBuilder fields = new StringBuilder();
    for (String column : COLUMNS) {
      fields.append(" -e ").append(column);
    }
    String command = "tshark -n -r " + file + " -T fields" + fields;
    try (Peer tshark = Peer.start(command.split(" "))) {
      assertThat(tshark.awaitExit()).as(tshark.errors()).isZero();
      return tshark.output().lines().map(line -> line.split("\t", -1)).toList();
    }
  }

  private static long with(List<String[]> packets, String fate) {
    return packets.stream().filter(packet -> packet[3].contains(fate)).count();
  }
}
