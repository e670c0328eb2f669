package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that can go wrong is told clearly, and the assistant goes on. */
@Tag("socket")
final class AssistantFaultsTest {
  private final Assistant assistant = new Assistant(false);

  @AfterEach
  void close() {
    assistant.close();
  }

  @Test
  void aPortInUseIsToldAndAnotherCanBeOpened() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = other.getLocalPort();
      assertRefused(
          () -> assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", taken)),
          Fault.NETWORK,
          "in use");
    }
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    assertThat(assistant.state().open()).isTrue();
  }

  @Test
  void anAddressThatIsNotOursIsTold() {
    Assistant free = new Assistant(true);
    assertRefused(
        () -> free.open(SessionSetup.of(Mode.TCP_SERVER, "192.0.2.1", 0)),
        Fault.NETWORK,
        "no interface");
    assertRefused(
        () -> free.open(SessionSetup.of(Mode.UDP, "192.0.2.1", 0)), Fault.NETWORK, "no interface");
  }

  @Test
  void anAddressThatOthersCanReachNeedsToBeAllowed() {
    for (Mode mode : List.of(Mode.TCP_SERVER, Mode.UDP)) {
      assertRefused(
          () -> assistant.open(SessionSetup.of(mode, "0.0.0.0", 0)),
          Fault.REMOTE_NOT_ALLOWED,
          "--allow-remote");
    }
  }

  @Test
  void connectingToNobodyIsTold() {
    int free = FreePort.at("127.0.0.1");
    assertRefused(
        () -> assistant.open(SessionSetup.of(Mode.TCP_CLIENT, "127.0.0.1", free)),
        Fault.NETWORK,
        "refused");
    assertThat(assistant.state().open()).isFalse();
    assertThat(assistant.transcript().rows().getLast().kind()).isEqualTo(RowKind.ERROR);
  }

  @Test
  void sendingWithNothingOpenOrNobodyThereIsTold() throws AssistantException {
    assertRefused(() -> assistant.send(Target.ALL, Bytes.NONE), Fault.NOT_OPEN, "nothing is open");
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    assertRefused(() -> assistant.send(Target.ALL, Bytes.NONE), Fault.NOBODY, "nobody");
    assertRefused(() -> assistant.send(Target.of(), Bytes.NONE), Fault.NOBODY, "nobody is picked");
    assertRefused(
        () -> assistant.open(SessionSetup.of(Mode.UDP, "127.0.0.1", 0)),
        Fault.ALREADY_OPEN,
        "close");
    assertRefused(
        () -> assistant.addPeer(new Address(Transport.UDP, "127.0.0.1", 9)),
        Fault.BAD_INPUT,
        "only a UDP session");
  }

  @Test
  void aPeerThatIsGoneBetweenPickAndSendIsTold() throws Exception {
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    try (Socket stays = connect()) {
      try (Socket _ = connect()) {
        await().until(() -> assistant.state().peers().size() == 2);
      }
      await().until(() -> assistant.state().peers().size() == 1);
      assertRefused(
          () -> assistant.send(Target.of(1, 2), Bytes.utf8("x")),
          Fault.PEER_GONE,
          "nothing was sent");
      assertThat(assistant.send(Target.ALL, Bytes.utf8("x"))).isEqualTo(1);
      assertThat(stays.getInputStream().read()).isEqualTo('x');
    }
  }

  @Test
  void aFileThatIsMissingOrNoFileIsTold(@TempDir Path folder) throws Exception {
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    Path missing = folder.resolve("missing");
    assertRefused(() -> assistant.sendFile(Target.ALL, missing), Fault.FILE, "no such file");
    assertRefused(() -> assistant.sendFile(Target.ALL, folder), Fault.FILE, "is not a file");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertRefused(() -> assistant.sendFile(Target.ALL, empty), Fault.NOBODY, "nobody");
  }

  @Test
  void aFileThatMayNotBeReadIsTold(@TempDir Path folder) throws Exception {
    Path secret = Files.createFile(folder.resolve("secret"));
    Files.setPosixFilePermissions(secret, Set.of());
    // Nothing is secret to root but what the system itself will not read to anybody.
    Path unreadable = Files.isReadable(secret) ? Path.of("/proc/sys/vm/compact_memory") : secret;
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    assertRefused(
        () -> assistant.sendFile(Target.ALL, unreadable), Fault.FILE, "no permission to read it");
    assertThat(assistant.state().open()).isTrue();
  }

  @Test
  void aDatagramThatIsTooLongIsToldInTheTranscript() throws AssistantException {
    assistant.open(SessionSetup.of(Mode.UDP, "127.0.0.1", 0));
    assistant.addPeer(new Address(Transport.UDP, "127.0.0.1", 9));
    assistant.send(Target.ALL, Bytes.of(new byte[65_508]));
    await()
        .untilAsserted(() ->
            assertThat(assistant.transcript().rows().getLast().note())
                .contains("not sent")
                .contains("longer than a datagram"));
    assertThat(assistant.state().open()).isTrue();
    assertThat(assistant.state().totals().unsent()).isEqualTo(1);
  }

  @Test
  void aPeerThatDoesNotReadIsRefusedMoreAndHoldsUpNobody() throws Exception {
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    try (Socket lazy = connect();
        Socket keen = connect()) {
      await().until(() -> assistant.state().peers().size() == 2);
      Bytes large = Bytes.of(new byte[1 << 20]);
      // The system's own buffers take some first.
      await().until(() -> isRefused(large) && waitingBytes() >= Outbox.MOST_BYTES - large.length());
      assistant.send(Target.of(2), Bytes.utf8("k"));
      assertThat(keen.getInputStream().read()).isEqualTo('k');
      long begin = System.nanoTime();
      assistant.closeSession();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
      assertThat(lazy.isConnected()).isTrue();
    }
  }

  @Test
  void twoThatAnswerEachOtherByThemselvesComeToRest() throws AssistantException {
    ReplyPattern echo =
        new ReplyPattern(ReplyPattern.When.ANY, "", ReplyPattern.Reply.ECHO, Bytes.NONE);
    try (Assistant other = new Assistant(false)) {
      for (Assistant each : List.of(assistant, other)) {
        each.setRules(List.of(echo));
        each.open(SessionSetup.of(Mode.UDP, "127.0.0.1", 0));
      }
      other.addPeer(Address.parse(String.valueOf(assistant.state().localAddress())));
      other.send(Target.ALL, Bytes.utf8("loop"));
      await().atMost(Duration.ofSeconds(20)).until(() -> withheld(assistant) + withheld(other) > 0);
    }
  }

  @Test
  void anAllowanceIsUsedUp() {
    ReplyAllowance allowance = new ReplyAllowance(2);
    assertThat(allowance.take()).isTrue();
    assertThat(allowance.take()).isTrue();
    assertThat(allowance.take()).isFalse();
  }

  private boolean isRefused(Bytes message) {
    try {
      assistant.send(Target.of(1), message);
      return false;
    } catch (AssistantException e) {
      assertThat(e.fault()).isEqualTo(Fault.NOT_READING);
      return true;
    }
  }

  private long waitingBytes() {
    return assistant.state().peers().getFirst().waitingBytes();
  }

  private static long withheld(Assistant assistant) {
    return assistant.state().totals().withheld();
  }

  private Socket connect() throws IOException {
    Address local = Address.parse(String.valueOf(assistant.state().localAddress()));
    return new Socket(InetAddress.getLoopbackAddress(), local.port());
  }

  private static void assertRefused(ThrowingCallable asked, Fault fault, String told) {
    assertThatExceptionOfType(AssistantException.class)
        .isThrownBy(asked)
        .withMessageContaining(told)
        .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
  }
}
