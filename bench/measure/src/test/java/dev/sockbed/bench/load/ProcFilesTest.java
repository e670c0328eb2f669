package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.SystemTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linux's counters, from files as a kernel writes them. */
@Tag("unit")
class ProcFilesTest {
  private static final String SNMP =
      """
      Ip: Forwarding DefaultTTL
      Ip: 1 64
      Tcp: RtoAlgorithm RtoMin RtoMax MaxConn RetransSegs InErrs
      Tcp: 1 200 120000 -1 287 0
      Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors
      Udp: 1000 7 66 999 60 5 0
      UdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors
      UdpLite: 1 1 1 1 1 1 1
      """;
  private static final String SNMP6 =
      """
      Ip6InReceives                   \t5
      Udp6InDatagrams                 \t200
      Udp6NoPorts                     \t1
      Udp6InErrors                    \t4
      Udp6RcvbufErrors                \t3
      Udp6SndbufErrors                \t2
      """;
  private static final String UDP =
      """
         sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
       9044: 0100007F:2710 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0000000000000000 4744
       9045: 0100007F:B25A 0100007F:2710 01 00000000:00000000 00:00000000 00000000     0        0 2 2 0000000000000000 12
      """;
  private static final String UDP6 =
      """
        sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
       109: 00000000000000000000000001000000:2710 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 3 2 0000000000000000 6
      """;
  private static final String STATUS =
      """
      Name:\tsockbed-load-0
      voluntary_ctxt_switches:\t41
      nonvoluntary_ctxt_switches:\t3
      """;

  @TempDir private Path root;

  private ProcFiles files = new ProcFiles(Path.of(""));

  @BeforeEach
  void writeNothing() {
    files = new ProcFiles(root);
  }

  @Test
  void udpCountersOfBothFamiliesAreAddedUp() throws IOException {
    write("thread-self/net/snmp", SNMP);
    write("thread-self/net/snmp6", SNMP6);

    assertThat(files.udp()).isEqualTo(new SystemTruth.Udp(1_200, 8, 70, 63, 7));
  }

  @Test
  void aSystemWithoutTheSecondFamilyTellsTheFirst() throws IOException {
    write("thread-self/net/snmp", SNMP);

    assertThat(files.udp()).isEqualTo(new SystemTruth.Udp(1_000, 7, 66, 60, 5));
  }

  @Test
  void retransmitsAreFoundByTheirName() throws IOException {
    write("thread-self/net/snmp", SNMP);

    assertThat(files.tcpRetransmits()).isEqualTo(287);
  }

  @Test
  void dropsAreFoundByTheSocketsPort() throws IOException {
    write("thread-self/net/udp", UDP);
    write("thread-self/net/udp6", UDP6);

    assertThat(files.udpDrops(port -> port == 10_000)).isEqualTo(4_750);
    assertThat(files.udpDrops(port -> port == 0xB25A)).isEqualTo(12);
    assertThat(files.udpDrops(port -> port == 9)).isZero();
  }

  @Test
  void switchesOfTheThreadAreRead() throws IOException {
    write("thread-self/status", STATUS);

    assertThat(files.currentThread(99)).isEqualTo(new SystemTruth.Threads(99, 41, 3));
  }

  @Test
  void whatIsMissingIsNull() {
    assertThat(files.udp()).isNull();
    assertThat(files.tcpRetransmits()).isNull();
    assertThat(files.udpDrops(port -> true)).isNull();
    assertThat(files.currentThread(99)).isNull();
  }

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
