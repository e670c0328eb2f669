package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Call;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Closing gives every descriptor back: the socket's, and those of the selector that waits on it.
 */
@EnabledOnOs(OS.LINUX)
@Tag("socket")
class DescriptorTest {
  private static final int ROUNDS = 20;

  static Stream<Way> ways() {
    return Way.all();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void closingUnderAWaitingReceiveGivesEveryDescriptorBack(Way way) throws Exception {
    closeUnderReceive(way); // The JDK keeps a few of its own, once.
    long before = descriptors();
    for (int i = 0; i < ROUNDS; i++) {
      closeUnderReceive(way);
    }
    assertThat(descriptors() - before).isLessThan(ROUNDS / 2);
  }

  private static void closeUnderReceive(Way way) throws Exception {
    try (Ends ends = way.open()) {
      Call<Integer> receive = way.start(() -> ends.near().receive(ByteBuffer.allocate(9), 9));
      receive.awaitInside("receive");
      ends.near().close();
      receive.error();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anInterruptAloneGivesEveryDescriptorBack(Way way) throws Exception {
    interruptReceive(way);
    long before = descriptors();
    for (int i = 0; i < ROUNDS; i++) {
      interruptReceive(way);
    }
    assertThat(descriptors() - before).isLessThan(ROUNDS / 2);
  }

  private static void interruptReceive(Way way) throws Exception {
    Ends ends = way.open();
    Call<Integer> receive = way.start(() -> ends.near().receive(ByteBuffer.allocate(9), 9));
    receive.awaitInside("receive").thread().interrupt();
    receive.error();
    ends.far().close();
  }

  private static long descriptors() throws Exception {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }
}
