package dev.sockbed.common.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A call past the JDK never reaches a socket that got a closed one's number. */
@EnabledOnOs(OS.LINUX)
@Tag("socket")
final class DescriptorsTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @BeforeEach
  void requireDescriptors() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      assumeThat(Descriptor.of(channel)).isPresent();
    }
  }

  @Test
  void aDuplicateIsTheSameSocketAfterTheChannelIsClosed() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    OptionalInt own = Descriptor.of(channel);
    Path socket = target(own.getAsInt());
    try (DuplicateDescriptor duplicate = DuplicateDescriptor.of(channel, own)) {
      channel.close();
      try (DatagramChannel next = DatagramChannel.open()) {
        assertThat(target(duplicate.number())).isEqualTo(socket);
        assertThat(Descriptor.of(next).getAsInt()).isNotEqualTo(duplicate.number());
      }
    }
    assertThat(sockets()).doesNotContain(socket);
  }

  /** As when it is closed between the look at its number and the call. */
  @Test
  void theNumberOfAClosedChannelIsNotTakenThoughItIsAnothersNow() throws IOException {
    DatagramChannel closed = DatagramChannel.open();
    closed.close();
    try (DatagramChannel other = DatagramChannel.open();
        DatagramChannel witness = DatagramChannel.open()) {
      witness.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      witness.configureBlocking(false);
      other.connect(witness.getLocalAddress());
      long before = sockets().count();
      assertThatThrownBy(() -> DuplicateDescriptor.of(closed, Descriptor.of(other)))
          .isInstanceOf(ClosedChannelException.class);
      assertThat(sockets().count()).isEqualTo(before);
      assertThatThrownBy(() -> EmptyDatagram.send(closed))
          .isInstanceOf(ClosedChannelException.class);
      assertThat(BusyPoll.request(closed)).isFalse();
      assertThat(witness.receive(ByteBuffer.allocate(1))).isNull();
      EmptyDatagram.send(other);
      witness.configureBlocking(true);
      assertThat(witness.receive(ByteBuffer.allocate(1))).isEqualTo(other.getLocalAddress());
    }
  }

  private static Path target(int descriptor) throws IOException {
    return Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(descriptor)));
  }

  private static Stream<Path> sockets() throws IOException {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all
          .flatMap(descriptor -> {
            try {
              return Stream.of(Files.readSymbolicLink(descriptor));
            } catch (IOException closedMeanwhile) {
              return Stream.empty();
            }
          })
          .filter(target -> target.toString().startsWith("socket:"))
          .toList()
          .stream();
    }
  }
}
