package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.linux.CpuAffinity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
final class CpuPlacementTest {
  private static final SocketConfig PLAIN = TcpConfig.DEFAULT;

  @TempDir private Path system;

  @Test
  void onSeveralProcessorsTheClientMovesAndTheServerStays() {
    List<CpuPlacement> chosen = chosen(PLAIN, 0, 1);

    assertThat(chosen).containsExactly(CpuPlacement.of(0, 1), CpuPlacement.of(1, 1));
    assertThat(chosen).extracting(CpuPlacement::placement).containsExactly("two-cores", "one-core");
  }

  @Test
  void onOneProcessorThereIsNoChoice() {
    assertThat(chosen(PLAIN, 3)).containsExactly(CpuPlacement.of(3, 3));
  }

  @Test
  void twoThreadsOfOneCoreAreNotTwoCores() throws Exception {
    siblings(4, "1,4");
    siblings(1, "1,4");
    siblings(3, "0,3");

    assertThat(chosen(PLAIN, 0, 1, 3, 4).getFirst()).isEqualTo(CpuPlacement.of(3, 4));
    assertThat(chosen(PLAIN, 1, 4).getFirst()).isEqualTo(CpuPlacement.of(1, 4));
  }

  @Test
  void spinningThreadsAndVirtualOnesGetNoSecondPlacement() {
    assertThat(chosen(TcpConfig.DEFAULT.withWaiting(WaitStrategy.SPIN), 0, 1)).hasSize(1);
    assertThat(chosen(TcpConfig.DEFAULT.withThreads(ThreadKind.VIRTUAL), 0, 1)).hasSize(1);
  }

  @Test
  void namedProcessorsAreCheckedBeforeAnythingIsMeasured() {
    assumeTrue(CpuAffinity.isAvailable());

    assertThatThrownBy(() -> CpuPlacement.withOwnServer(List.of(0), PLAIN))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the client's processor and the server's");
    assertThatThrownBy(() -> CpuPlacement.withOwnServer(List.of(0, 8_000), PLAIN))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no processor 8000");
    assertThatThrownBy(() -> CpuPlacement.withNamedServer(List.of(0, 0)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("serve --cpus");
  }

  @Test
  void whereANamedServerRunsIsNotKnown() {
    assertThat(CpuPlacement.withNamedServer(List.of())).isEqualTo(CpuPlacement.ANYWHERE);
  }

  private List<CpuPlacement> chosen(SocketConfig socket, Integer... allowed) {
    SortedSet<Integer> processors = new TreeSet<>(List.of(allowed));
    return CpuPlacement.chosen(processors, new Cores(system), socket);
  }

  private void siblings(int processor, String list) throws Exception {
    Path topology = Files.createDirectories(system.resolve("cpu" + processor + "/topology"));
    Files.writeString(topology.resolve("thread_siblings_list"), list + "\n");
  }
}
