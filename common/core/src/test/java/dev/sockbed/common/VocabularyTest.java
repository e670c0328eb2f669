package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words that files, flags and documents rely on. */
@Tag("unit")
class VocabularyTest {

  @Test
  void transportsHaveTheirPosixNamesAndNumbers() {
    assertThat(Transport.TCP.socketType()).isEqualTo("SOCK_STREAM");
    assertThat(Transport.TCP.protocol()).isEqualTo("IPPROTO_TCP");
    assertThat(Transport.TCP.protocolNumber()).isEqualTo(6);
    assertThat(Transport.TCP.scheme()).isEqualTo("tcp");
    assertThat(Transport.UDP.socketType()).isEqualTo("SOCK_DGRAM");
    assertThat(Transport.UDP.protocol()).isEqualTo("IPPROTO_UDP");
    assertThat(Transport.UDP.protocolNumber()).isEqualTo(17);
    assertThat(Transport.UDP.scheme()).isEqualTo("udp");
  }

  @Test
  void familiesHaveTheirPosixNamesAndKnowTheirAddresses() {
    assertThat(AddressFamily.INET.posixName()).isEqualTo("AF_INET");
    assertThat(AddressFamily.INET6.posixName()).isEqualTo("AF_INET6");
    assertThat(AddressFamily.INET.protocolFamily()).isEqualTo(StandardProtocolFamily.INET);
    assertThat(AddressFamily.INET6.protocolFamily()).isEqualTo(StandardProtocolFamily.INET6);
    assertThat(AddressFamily.of(InetAddress.ofLiteral("127.0.0.1"))).isEqualTo(AddressFamily.INET);
    assertThat(AddressFamily.of(InetAddress.ofLiteral("::1"))).isEqualTo(AddressFamily.INET6);
  }

  @Test
  void outcomesHaveTheirNamesInFilesAndOrder() {
    assertThat(Stream.of(Outcome.values()).map(Outcome::label))
        .containsExactly("ok", "lost", "late", "truncated", "corrupt", "refused", "failed");
  }

  @ParameterizedTest
  @EnumSource
  void aThreadOfAKindIsADaemonWithItsName(ThreadKind kind) throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    Thread thread = kind.start("sockbed-some-name", ran::countDown);
    assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(thread.getName()).isEqualTo("sockbed-some-name");
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.isVirtual()).isEqualTo(kind == ThreadKind.VIRTUAL);
    assertThat(kind.label()).isEqualTo(thread.isVirtual() ? "virtual" : "platform");
  }

  @Test
  void aFiveTupleReadsFromHereToThere() {
    FiveTuple tuple = new FiveTuple(Transport.TCP, at("127.0.0.1", 50714), at("::1", 10000));
    assertThat(tuple).hasToString("tcp 127.0.0.1:50714 -> [::1]:10000");
    assertThat(tuple.reversed()).hasToString("tcp [::1]:10000 -> 127.0.0.1:50714");
    assertThat(tuple.reversed().reversed()).isEqualTo(tuple);
  }

  @Test
  void fiveTuplesThatDifferInAnythingAreDifferentConversations() {
    FiveTuple tuple = new FiveTuple(Transport.TCP, at("127.0.0.1", 1), at("127.0.0.1", 2));
    assertThat(
            Stream.of(
                tuple,
                new FiveTuple(Transport.UDP, tuple.local(), tuple.remote()),
                new FiveTuple(Transport.TCP, at("127.0.0.2", 1), tuple.remote()),
                new FiveTuple(Transport.TCP, at("127.0.0.1", 3), tuple.remote()),
                new FiveTuple(Transport.TCP, tuple.local(), at("127.0.0.2", 2)),
                new FiveTuple(Transport.TCP, tuple.local(), at("127.0.0.1", 3))))
        .doesNotHaveDuplicates();
  }

  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }
}
