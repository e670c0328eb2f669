package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How commands read values and tell failures. */
@Tag("unit")
class CommandRoomTest {
  private final StringWriter errors = new StringWriter();
  private final Probe probe = new Probe();
  private final CommandLine commandLine = commandLine(probe, errors);

  /** A root, since a real command is always a subcommand. */
  @Command(name = "sockbed")
  private static final class Root {}

  @Command(name = "probe")
  private static final class Probe implements Callable<Integer> {
    @Mixin private SocketOptions sockets;

    @Parameters(index = "0", arity = "0..1")
    private @Nullable Address address;

    @Option(names = "--pause")
    private Duration pause = Duration.ZERO;

    @Option(names = "--interval", converter = Values.PositiveDuration.class)
    private Duration interval = Duration.ZERO;

    @Option(names = "--port", converter = Values.Port.class)
    private int port;

    @Option(names = "--count", converter = Values.Count.class)
    private int count;

    @Option(names = "--text")
    private @Nullable String text;

    @Option(names = "--flag")
    private boolean flag;

    @Parameters(index = "1..*")
    private List<String> words = new ArrayList<>();

    private @Nullable Exception failure;

    @Override
    public Integer call() throws Exception {
      if (failure != null) {
        throw failure;
      }
      return ExitStatus.OK;
    }
  }

  private static CommandLine commandLine(Probe probe, StringWriter errors) {
    CommandLine commandLine = new CommandLine(new Root()).addSubcommand(probe);
    Values.register(commandLine);
    Failures.register(commandLine);
    return commandLine.setErr(new PrintWriter(errors, true));
  }

  private int run(String... arguments) {
    return commandLine.execute(
        Stream.concat(Stream.of("probe"), Stream.of(arguments)).toArray(String[]::new));
  }

  @Test
  void theDefaultsAreThoseOfTheConfigs() {
    assertThat(run()).isEqualTo(ExitStatus.OK);
    assertThat(probe.sockets.tcp()).isEqualTo(TcpConfig.DEFAULT);
    assertThat(probe.sockets.udp()).isEqualTo(UdpConfig.DEFAULT);
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void everyFlagReachesBothConfigs() {
    assertThat(run("--receive-limit", "4KiB", "--threads", "virtual", "--wait", "spin:50us"))
        .isEqualTo(ExitStatus.OK);
    WaitStrategy waiting = WaitStrategy.parse("spin:50us");
    assertThat(probe.sockets.of(Transport.TCP))
        .isEqualTo(
            TcpConfig.DEFAULT
                .withReceiveLimit(4096)
                .withThreads(ThreadKind.VIRTUAL)
                .withWaiting(waiting));
    assertThat(probe.sockets.of(Transport.UDP))
        .isEqualTo(
            UdpConfig.DEFAULT
                .withReceiveLimit(4096)
                .withThreads(ThreadKind.VIRTUAL)
                .withWaiting(waiting));
  }

  @Test
  void aLimitThatOneTransportCannotKeepIsWrongUsageThere() {
    assertThat(run("--receive-limit", "65508")).isEqualTo(ExitStatus.OK);
    assertThat(probe.sockets.tcp().receiveLimit()).isEqualTo(65_508);
    assertThatThrownBy(probe.sockets::udp)
        .isInstanceOf(UsageException.class)
        .hasMessage("the receive limit over udp must be 1 to 65507 bytes, not 65508");
  }

  @Test
  void valuesAreReadInTheWordsOfTheirTypes() {
    assertThat(
            run(
                "udp://[::1]:9",
                "--pause=300ms",
                "--interval=1s",
                "--port=65535",
                "--count=999999999"))
        .isEqualTo(ExitStatus.OK);
    assertThat(probe.address).isEqualTo(Address.parse("udp://[::1]:9"));
    assertThat(probe.pause).isEqualTo(Duration.ofMillis(300));
    assertThat(probe.interval).isEqualTo(Duration.ofSeconds(1));
    assertThat(probe.port).isEqualTo(65_535);
    assertThat(probe.count).isEqualTo(999_999_999);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:80 | bad address '127.0.0.1:80': write tcp://HOST:PORT or udp://HOST:PORT",
        "tcp://[::1:80 | the bracket '[' is never closed",
        "--pause=-1s | not a duration: '-1s'",
        "--interval=0ms | must be longer than zero, not '0ms'",
        "--interval=soon | not a duration: 'soon'",
        "--port=-1 | a port is a number from 0 to 65535, not '-1'",
        "--port=65536 | a port is a number from 0 to 65535, not '65536'",
        "--port=abc | a port is a number from 0 to 65535, not 'abc'",
        "--port=080 | a port is a number from 0 to 65535, not '080'",
        "--count=0 | must be a whole number from 1 to 999999999, not '0'",
        "--count=1e3 | must be a whole number from 1 to 999999999, not '1e3'",
        "--count=9999999999 | must be a whole number from 1 to 999999999, not '9999999999'",
        "--receive-limit=0 | must be at least 1 byte, not 0",
        "--receive-limit=-5 | not a size: '-5'",
        "--receive-limit=2GiB | size too large: '2GiB'",
        "--threads=green | not a kind of thread: 'green' (platform or virtual)",
        "--wait=sleep | not a way to wait: 'sleep' (block, spin, or spin:50us)",
        "--nonsense | Unknown option: '--nonsense'",
        "--pause | Missing required parameter for option '--pause'",
      })
  void wrongUsageIsOneLineThatSaysWhatIsWrongAndWhereHelpIs(String argument, String fault) {
    assertThat(run(argument)).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString().lines()).hasSize(1);
    assertThat(errors.toString())
        .startsWith("sockbed probe: ")
        .contains(fault)
        .endsWith(" (see sockbed probe --help)" + System.lineSeparator());
  }

  @Test
  void anArgumentThatBeginsWithAnAtSignIsNoFileOfArguments(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("body.json"), "--flag one \"two three\"");
    String argument = "@" + file;

    assertThat(run("--text", argument, "tcp://h:9", argument, "--", argument)).isZero();

    assertThat(probe.text).isEqualTo(argument);
    assertThat(probe.words).containsExactly(argument, argument);
    assertThat(probe.flag).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a,b", "\"quoted\"", "'x'", "${sys:user.home}", "@@x", "%s", "-", "a=b", " "})
  void aValueIsTakenAsItIsGiven(String value) {
    assertThat(run("--text", value, "tcp://h:9", value)).isZero();

    assertThat(probe.text).isEqualTo(value);
    assertThat(probe.words).containsExactly(value);
  }

  @Test
  void aValueThatLooksLikeAFlagCanBeGivenAfterAnEqualsSign() {
    assertThat(run("--text=--flg")).isZero();

    assertThat(probe.text).isEqualTo("--flg");
  }

  static Stream<Arguments> failures() {
    SocketFailure refused = new SocketFailure(SocketError.REFUSED, "connect tcp://h:9", null);
    SocketFailure denied = new SocketFailure(SocketError.PERMISSION_DENIED, "bind udp://h:9", null);
    String help = " (see sockbed probe --help)";
    return Stream.of(
        Arguments.of(
            refused, 3, "connect tcp://h:9: refused: nothing listens there (ECONNREFUSED)"),
        Arguments.of(new UncheckedIOException(refused), 3, String.valueOf(refused.getMessage())),
        Arguments.of(denied, 4, "bind udp://h:9: permission denied (EACCES)"),
        Arguments.of(new MissingException("no nmcli: install it"), 4, "no nmcli: install it"),
        Arguments.of(new UsageException("--a and --b"), 2, "--a and --b" + help),
        Arguments.of(new UsageException("two\n  lines\n"), 2, "two lines" + help),
        Arguments.of(
            thrownBy(() -> Address.parse("tcp://h:0").asTarget()),
            2,
            "bad address 'tcp://h:0': port 0 is for listening; name the peer's port" + help),
        Arguments.of(new NoSuchFileException("a/b"), 2, "a/b: no such file or folder"),
        Arguments.of(new AccessDeniedException("a/b"), 2, "a/b: permission denied"),
        Arguments.of(new FileAlreadyExistsException("a/b"), 2, "a/b: exists already"),
        Arguments.of(new NotDirectoryException("a/b"), 2, "a/b: not a folder"),
        Arguments.of(new FileSystemException("a", null, "Is full"), 2, "a: Is full"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsOneLineAndItsExitStatus(Exception failure, int status, String line) {
    probe.failure = failure;
    assertThat(run()).isEqualTo(status);
    assertThat(errors.toString()).isEqualTo("sockbed probe: " + line + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, IOException.class})
  void aFaultOfOursIsAStackTraceAndNoAnswer(Class<? extends Exception> type) throws Exception {
    probe.failure = type.getConstructor(String.class).newInstance("planted");
    assertThat(run()).isEqualTo(ExitStatus.FAULT).isEqualTo(70);
    assertThat(errors.toString()).contains("planted").contains("\tat ");
  }

  @Test
  void everySocketErrorHasItsExitStatus() {
    for (SocketError error : SocketError.values()) {
      int expected = error == SocketError.PERMISSION_DENIED ? 4 : 3;
      assertThat(ExitStatus.of(error)).as(error.name()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
  void loopbackMayBeBoundWithoutAWord(String host) {
    RemoteBinding.check(InetAddress.ofLiteral(host), false, "echo servers", writer());
    assertThat(errors.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "fe80::1"})
  void anyOtherAddressMustBeAllowed(String host) {
    assertThatThrownBy(
            () -> RemoteBinding.check(InetAddress.ofLiteral(host), false, "servers", writer()))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(
            " can be reached from other machines; add --allow-remote if you mean that");
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void whatIsAllowedIsSaidAloud() {
    RemoteBinding.check(InetAddress.ofLiteral("192.0.2.1"), true, "echo servers", writer());
    RemoteBinding.check(InetAddress.ofLiteral("::"), true, "echo servers", writer());
    assertThat(errors.toString().lines())
        .containsExactly(
            "warning: echo servers at 192.0.2.1 can be used by anyone who can reach them",
            "warning: echo servers on every interface of this machine can be used by anyone who can"
                + " reach them");
  }

  private PrintWriter writer() {
    return new PrintWriter(errors, true);
  }

  private static Exception thrownBy(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("it did not throw");
  }
}
