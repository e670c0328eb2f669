package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.testing.JavaCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The JDK tells some errors in a text alone, and that in the user's language. */
@Tag("process")
class TranslatedErrorTest {
  private static final Path TRANSLATION = Path.of("/usr/share/locale/zh_CN/LC_MESSAGES/libc.mo");
  private static final Path LOCALE_COMPILER = Path.of("/usr/bin/localedef");
  private static final String PLAIN_ASCII = "\\p{ASCII}*";

  @Test
  @EnabledOnOs(OS.LINUX)
  void theErrorIsKnownInChinese(@TempDir Path locales) throws Exception {
    Assumptions.assumeTrue(
        Files.exists(TRANSLATION) && Files.isExecutable(LOCALE_COMPILER),
        "the C library speaks no Chinese here");
    Path locale = locales.resolve("zh_CN.UTF-8");
    outputOf(locales, LOCALE_COMPILER.toString(), "-i", "zh_CN", "-f", "UTF-8", locale.toString());
    Assumptions.assumeTrue(Files.exists(locale), "the sources of the Chinese locale are missing");

    List<String> lines = outputOf(locales, JavaCommand.of(JvmFlags.ALL, Program.class));
    assertThat(lines).hasSize(2).noneMatch(line -> line.matches(PLAIN_ASCII));
    assertThat(lines.get(0)).startsWith("ADDRESS_IN_USE ");
    assertThat(lines.get(1)).startsWith("ADDRESS_NOT_AVAILABLE ");
  }

  private static List<String> outputOf(Path locales, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LOCPATH", locales.toString());
    builder.environment().put("LC_ALL", "zh_CN.UTF-8");
    Process process = builder.start();
    try {
      byte[] output = process.getInputStream().readAllBytes();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return new String(output, StandardCharsets.UTF_8).lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs into errors, and prints which they were and what the JDK said. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws IOException {
      InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
      InetAddress ofAnotherMachine = InetAddress.ofLiteral("203.0.113.1");
      try (TcpListener holder = listener(loopback, 0)) {
        tellFailure(loopback, holder.localAddress().getPort());
        tellFailure(ofAnotherMachine, 0);
      }
    }

    private static void tellFailure(InetAddress host, int port) {
      try (TcpListener listener = listener(host, port)) {
        System.out.println("no failure on " + listener.localAddress());
      } catch (SocketFailure e) {
        Throwable cause = e.getCause();
        System.out.println(e.error() + " " + (cause == null ? "" : cause.getMessage()));
      }
    }

    private static TcpListener listener(InetAddress host, int port) throws SocketFailure {
      TcpListener listener = TcpListener.open(AddressFamily.of(host), TcpConfig.DEFAULT);
      try {
        listener.bind(new InetSocketAddress(host, port));
        listener.listen(1);
        return listener;
      } catch (SocketFailure e) {
        listener.close();
        throw e;
      }
    }
  }
}
