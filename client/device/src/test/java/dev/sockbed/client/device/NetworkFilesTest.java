package dev.sockbed.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.AddressFamily;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class NetworkFilesTest {
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final String GATEWAY_192_168_1_1 = LITTLE ? "0101A8C0" : "C0A80101";
  private static final String GATEWAY_192_168_1_254 = LITTLE ? "FE01A8C0" : "C0A801FE";
  private static final String NETWORK_192_168_1_0 = LITTLE ? "0001A8C0" : "C0A80100";
  private static final String NETMASK_24 = LITTLE ? "00FFFFFF" : "FFFFFF00";

  @TempDir Path root;

  private NetworkFiles files = new NetworkFiles(Path.of("/"));

  @BeforeEach
  void readUnderTheTemporaryRoot() {
    files = new NetworkFiles(root);
  }

  @Test
  void theGatewayIsThatOfTheInterfacesPreferredDefaultRoute() throws Exception {
    write(
        "proc/net/route",
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT  ",
        route("eth0", "00000000", GATEWAY_192_168_1_1, "0003", 100, "00000000"),
        route("wlan0", "00000000", GATEWAY_192_168_1_1, "0003", 600, "00000000"),
        route("wlan0", "00000000", GATEWAY_192_168_1_254, "0003", 20, "00000000"),
        route("wlan0", NETWORK_192_168_1_0, "00000000", "0001", 0, NETMASK_24),
        route("tun0", "00000000", "00000000", "0001", 0, "00000000"));

    assertThat(files.gateway("eth0", AddressFamily.INET)).contains("192.168.1.1");
    assertThat(files.gateway("wlan0", AddressFamily.INET)).contains("192.168.1.254");
    assertThat(files.gateway("tun0", AddressFamily.INET)).isEmpty();
    assertThat(files.gateway("lo", AddressFamily.INET)).isEmpty();
  }

  @Test
  void theIpv6GatewayIsThatOfTheInterfacesPreferredDefaultRoute() throws Exception {
    String zero = "0".repeat(32);
    String router = "fe800000000000000000000000000001";
    String worse = "fe800000000000000000000000000002";
    write(
        "proc/net/ipv6_route",
        String.join(" ", zero, "00", zero, "00", worse, "00000800", "1", "0", "00000003", "eth0"),
        String.join(" ", zero, "00", zero, "00", router, "00000400", "1", "0", "00000003", "eth0"),
        String.join(" ", router, "80", zero, "00", zero, "00000000", "1", "0", "80200001", "eth0"),
        String.join(" ", zero, "00", zero, "00", zero, "ffffffff", "1", "0", "00200200", "lo"));

    assertThat(files.gateway("eth0", AddressFamily.INET6)).contains("fe80:0:0:0:0:0:0:1");
    assertThat(files.gateway("lo", AddressFamily.INET6)).isEmpty();
    assertThat(files.gateway("eth0", AddressFamily.INET)).isEmpty();
  }

  @Test
  void theNameServerIsTheFirstOne() throws Exception {
    write(
        "etc/resolv.conf",
        "# nameserver 192.0.2.1",
        "search example",
        "  nameserver\t192.0.2.53  ",
        "nameserver 192.0.2.54");

    assertThat(files.dns()).contains("192.0.2.53");
  }

  @ParameterizedTest
  @EnumSource(AddressFamily.class)
  void whatASystemDoesNotTellIsUnknown(AddressFamily family) {
    assertThat(files.gateway("eth0", family)).isEmpty();
    assertThat(files.dns()).isEmpty();
    assertThat(files.interfaces()).isEmpty();
  }

  private static String route(
      String name, String destination, String gateway, String flags, int metric, String mask) {
    return String.join(
        "\t",
        name,
        destination,
        gateway,
        flags,
        "0",
        "0",
        Integer.toString(metric),
        mask,
        "0",
        "0",
        "0");
  }

  private void write(String file, String... lines) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, String.join("\n", lines) + "\n");
  }
}
