package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class ReplyRuleTest {
  private static final InetSocketAddress OWN = source("192.0.2.7", 10_000);
  private static final int QUESTIONS = 1_000;
  private static final InetAddress DIRECTED_BROADCAST = InetAddress.ofLiteral("192.0.2.255");

  private static InetSocketAddress source(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static ReplyRule rule(int perSecond, boolean limitLoopback) {
    return new ReplyRule(
        OWN,
        Set.of(DIRECTED_BROADCAST, InetAddress.ofLiteral("255.255.255.255")),
        new SourceRate(perSecond, System.nanoTime()),
        limitLoopback);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.9, 0, PORT_ZERO",
    "192.0.2.9, 1, SERVICE_PORT",
    "192.0.2.9, 7, SERVICE_PORT",
    "192.0.2.9, 1023, SERVICE_PORT",
    "2001:db8::9, 53, SERVICE_PORT",
    "224.0.0.1, 5000, NOT_UNICAST",
    "ff02::1, 5000, NOT_UNICAST",
    "255.255.255.255, 5000, NOT_UNICAST",
    "192.0.2.255, 5000, NOT_UNICAST",
    "0.0.0.0, 5000, NOT_UNICAST",
    "::, 5000, NOT_UNICAST",
    "192.0.2.7, 10000, OWN_ADDRESS",
  })
  void aSourceThatCanBeNoHonestCallerIsNotAnswered(String address, int port, DropReason why) {
    assertThat(rule(1000, true).against(source(address, port))).isEqualTo(why);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.9, 1024",
    "192.0.2.9, 65535",
    "192.0.2.7, 10001",
    "192.0.2.8, 10000",
    "127.0.0.1, 40000",
    "::1, 40000",
    "fe80::1, 40000",
  })
  void anyOtherIsAnswered(String address, int port) {
    assertThat(rule(1000, true).against(source(address, port))).isNull();
  }

  @Test
  void anotherMachineMayHaveOurLinkLocalAddressOnAnotherLink() throws Exception {
    ReplyRule rule =
        new ReplyRule(onLink(2), Set.of(), new SourceRate(1000, System.nanoTime()), true);

    assertThat(rule.against(onLink(2))).isEqualTo(DropReason.OWN_ADDRESS);
    assertThat(rule.against(onLink(3))).isNull();
  }

  private static InetSocketAddress onLink(int scope) throws UnknownHostException {
    byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
    return new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, scope), 10_000);
  }

  @Test
  void aSourceIsLimitedWhateverItsPort() {
    ReplyRule rule = rule(1, false);

    assertThat(rule.against(source("192.0.2.9", 5000))).isNull();
    assertThat(rule.against(source("192.0.2.9", 5001))).isEqualTo(DropReason.RATE_LIMIT);
    assertThat(rule.against(source("192.0.2.10", 5000))).isNull();
  }

  @Test
  void loopbackIsLimitedOnlyOnRequest() {
    ReplyRule lenient = rule(1, false);
    ReplyRule strict = rule(1, true);
    for (String loopback : new String[] {"127.0.0.1", "::1"}) {
      assertThat(lenient.against(source(loopback, 5000))).isNull();
      assertThat(lenient.against(source(loopback, 5000))).isNull();
      assertThat(strict.against(source(loopback, 5000))).isNull();
      assertThat(strict.against(source(loopback, 5000))).isEqualTo(DropReason.RATE_LIMIT);
    }
  }

  /** The compiler can spare the JDK's copies of an address, but need not. */
  @Test
  void askingAboutTheSameSourceAgainAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ReplyRule rule = rule(1, false);
    InetSocketAddress source = source("127.0.0.1", 5000);
    int refused = rule.against(source) == null ? 0 : 1;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < QUESTIONS; i++) {
      refused += rule.against(source) == null ? 0 : 1;
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes).as("bytes for %d questions", QUESTIONS).isLessThan(QUESTIONS);
    assertThat(refused).isZero();
  }

  @Test
  void theRuleOfThisMachineKnowsTheLimitedBroadcast() throws Exception {
    ReplyRule rule = ReplyRule.of(OWN, UdpEchoServerConfig.DEFAULT);

    assertThat(rule.against(source("255.255.255.255", 5000))).isEqualTo(DropReason.NOT_UNICAST);
    assertThat(rule.against(source("127.0.0.1", 5000))).isNull();
  }
}
