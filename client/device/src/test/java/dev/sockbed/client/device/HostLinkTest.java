package dev.sockbed.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HostLinkTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:10000, 127.0.0.1, 255.0.0.0",
    "udp://127.0.0.1:10000, 127.0.0.1, 255.0.0.0",
    "tcp://[::1]:10000, 0:0:0:0:0:0:0:1%lo, /128",
    "tcp://localhost:10000, 127.0.0.1, 255.0.0.0"
  })
  void theInterfaceThatRoutesToTheAssistantIsFound(String assistant, String address, String netmask)
      throws Exception {
    write("etc/resolv.conf", "nameserver 192.0.2.53\n");

    LinkState state = new HostLink(Address.parse(assistant), LocalEnd.ANY, null, root).state();

    assertThat(state)
        .isEqualTo(
            new LinkState.Up(new NetworkInformation("lo", address, netmask, "-", "192.0.2.53")));
  }

  @Test
  void theInformationReadsLikeMicroPythonsTuple() {
    assertThat(
            new NetworkInformation(
                "wlan0", "192.168.1.110", "255.255.255.0", "192.168.1.1", "192.168.1.1"))
        .hasToString("('192.168.1.110', '255.255.255.0', '192.168.1.1', '192.168.1.1')");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:10000, 127.0.0.1",
    "tcp://[::1]:10000, 0:0:0:0:0:0:0:1%lo",
    "tcp://board.example:10000, 127.0.0.1"
  })
  void aNamedInterfaceTellsItsAddressOfTheAssistantsFamily(String assistant, String address)
      throws Exception {
    LinkState state = new HostLink(Address.parse(assistant), LocalEnd.ANY, "lo", root).state();

    assertThat(state)
        .isInstanceOfSatisfying(
            LinkState.Up.class, up -> assertThat(up.information().address()).isEqualTo(address));
  }

  @Test
  void aLinkLocalAssistantNeedsALinkLocalAddress() throws Exception {
    LinkState state =
        new HostLink(Address.parse("tcp://[fe80::1%lo]:1"), LocalEnd.ANY, "lo", root).state();

    assertThat(state).isEqualTo(new LinkState.Down("lo has no address"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "unknown"})
  void anInterfaceThatIsUpMayHaveNoAddressYet(String operationalState) throws Exception {
    write("sys/class/net/board0/operstate", operationalState + "\n");

    assertThat(link("board0").state()).isEqualTo(new LinkState.Down("board0 has no address"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"down", "dormant", "lowerlayerdown"})
  void anInterfaceMayBeDown(String operationalState) throws Exception {
    write("sys/class/net/board0/operstate", operationalState + "\n");

    assertThat(link("board0").state()).isEqualTo(new LinkState.Down("board0 is down"));
  }

  @Test
  void anUnknownInterfaceIsToldWithTheKnownOnes() throws Exception {
    write("sys/class/net/board0/operstate", "up\n");
    write("sys/class/net/board1/operstate", "up\n");

    assertThatThrownBy(() -> link("borad0").state())
        .isInstanceOf(LinkDownException.class)
        .hasMessage("there is no interface 'borad0', only board0, board1");
  }

  @Test
  void whereInterfacesCantBeListedAnUnknownOneMayStillCome() throws Exception {
    assertThat(link("board0").state()).isEqualTo(new LinkState.Down("board0 has no address"));
  }

  @Test
  void anUnknownHostIsNotALinkThatIsDown() {
    HostLink link =
        new HostLink(Address.parse("tcp://no.such.host.localhost:1"), LocalEnd.ANY, null, root);

    assertThatThrownBy(link::state)
        .isInstanceOf(SocketFailure.class)
        .hasMessageContaining("no.such.host.localhost: unknown host");
  }

  private HostLink link(String interfaceName) {
    return new HostLink(Address.parse("tcp://127.0.0.1:1"), LocalEnd.ANY, interfaceName, root);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
