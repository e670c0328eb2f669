package dev.sockbed.common.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.testing.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("unit")
class CpuAffinityTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void aThreadIsPinnedToEachProcessorItMayUseAndOthersAreNot() throws Exception {
    SortedSet<Integer> before = CpuAffinity.allowed();
    assertThat(before).isNotEmpty();
    for (int processor : before) {
      String status =
          onAThread(() -> {
            CpuAffinity.pin(List.of(processor));
            assertThat(CpuAffinity.allowed()).containsExactly(processor);
            return Files.readString(Path.of("/proc/thread-self/status"));
          });
      assertThat(status).containsPattern("Cpus_allowed_list:\t" + processor + "\n");
    }
    assertThat(CpuAffinity.allowed()).isEqualTo(before);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aThreadInheritsThePinning() throws Exception {
    int processor = CpuAffinity.allowed().last();
    SortedSet<Integer> inherited =
        onAThread(() -> {
          CpuAffinity.pin(Set.of(processor));
          return onAThread(CpuAffinity::allowed);
        });
    assertThat(inherited).containsExactly(processor);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aStayOnAProcessorEndsWithItsClose() throws Exception {
    SortedSet<Integer> before = CpuAffinity.allowed();
    SortedSet<Integer> after =
        onAThread(() -> {
          try (var _ = CpuAffinity.pinned(Set.of(before.first()))) {
            assertThat(CpuAffinity.allowed()).containsExactly(before.first());
          }
          return CpuAffinity.allowed();
        });
    assertThat(after).isEqualTo(before);
  }

  @Test
  void aStayNowhereInParticularChangesNothingOnAnySystem() throws Exception {
    try (var _ = CpuAffinity.pinned(List.of())) {
      assertThat(!CpuAffinity.isAvailable() || !CpuAffinity.allowed().isEmpty()).isTrue();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessorThatIsNotThereIsNamed() throws Exception {
    int first = CpuAffinity.allowed().first();
    onAThread(() -> {
      assertThatThrownBy(() -> CpuAffinity.pin(List.of(8191)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("pinning to the processors [8191]: none of them is there");
      assertThatThrownBy(() -> CpuAffinity.pin(List.of(8191, first)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("of the processors [%d, 8191] only [%d] are there", first, first);
      assertThatThrownBy(() -> CpuAffinity.pin(List.of(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no processor has the number -1");
      assertThatThrownBy(() -> CpuAffinity.pin(List.of(8192)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no processor has the number 8192");
      assertThatThrownBy(() -> CpuAffinity.pin(List.of()))
          .isInstanceOf(IllegalArgumentException.class);
      return 0;
    });
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aVirtualThreadIsNotPinned() throws Exception {
    Call<Integer> pin =
        Call.start(
            ThreadKind.VIRTUAL,
            () -> {
              CpuAffinity.pin(CpuAffinity.allowed());
              return 0;
            });
    assertThatThrownBy(pin::result)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a virtual thread can't be pinned to a processor");
  }

  @Test
  @DisabledOnOs(OS.LINUX)
  void elsewhereItSaysWhatIsMissing() {
    assertThat(CpuAffinity.isAvailable()).isFalse();
    assertThatThrownBy(CpuAffinity::allowed)
        .isInstanceOf(NotOnThisSystemException.class)
        .hasMessageContaining("needs Linux")
        .hasMessageContaining(System.getProperty("os.name"));
  }

  private static <T> T onAThread(Callable<T> body) throws Exception {
    return Call.start(ThreadKind.PLATFORM, body).result();
  }
}
