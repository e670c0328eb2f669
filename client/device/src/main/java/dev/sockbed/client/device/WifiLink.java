package dev.sockbed.client.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockbed.common.Durations;
import dev.sockbed.common.SocketFailure;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Wi-Fi network, joined through NetworkManager's {@code nmcli}.
 *
 * <p>The password goes to {@code nmcli --ask} on its standard input, for anyone on the machine can
 * read a program's arguments.
 *
 * @see <a href="https://networkmanager.dev/docs/api/latest/nmcli.html">nmcli(1)</a>
 */
public final class WifiLink implements NetworkLink {
  /** The environment variable that may hold the password; nmcli does not inherit it. */
  public static final String PASSWORD_VARIABLE = "SOCKBED_WIFI_PASSWORD";

  /** IEEE 802.11: an SSID is at most this many bytes long. */
  private static final int LONGEST_SSID = 32;

  /** How long nmcli may take beyond the time that it was told to take. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final int LONGEST_COMPLAINT = 4096;

  private final NetworkLink link;
  private final Path nmcli;
  private final String ssid;
  private final @Nullable String interfaceName;
  private final @Nullable String password;

  /**
   * A network to be joined.
   *
   * @param link what tells of the network once it is joined
   * @param nmcli the program, as {@link #findNmcli} finds it
   * @param ssid the network's name, 1 to 32 bytes as UTF-8
   * @param interfaceName the interface to join with, or null for the system's choice
   * @param password null if the network has none, or NetworkManager knows it
   * @throws IllegalArgumentException if the name is too long, or the password has several lines
   */
  public WifiLink(
      NetworkLink link,
      Path nmcli,
      String ssid,
      @Nullable String interfaceName,
      @Nullable String password) {
    int length = ssid.getBytes(UTF_8).length;
    if (length < 1 || length > LONGEST_SSID) {
      throw new IllegalArgumentException(
          "a Wi-Fi network's name is 1 to " + LONGEST_SSID + " bytes long, not " + length);
    }
    if (password != null && password.matches("(?s).*\\R.*")) {
      throw new IllegalArgumentException("a Wi-Fi password has no line break");
    }
    this.link = link;
    this.nmcli = nmcli;
    this.ssid = ssid;
    this.interfaceName = interfaceName;
    this.password = password;
  }

  /**
   * Looks for nmcli.
   *
   * @param path folders to look in, separated as in the environment variable {@code PATH}
   * @throws MissingEquipmentException if none has it
   */
  public static Path findNmcli(String path) {
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, "nmcli"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new MissingEquipmentException(
                "nmcli is not installed: install NetworkManager,"
                    + " or join the network by hand and leave --wifi out"));
  }

  @Override
  public void join(Duration atMost) throws LinkDownException, InterruptedException {
    Process process = start(atMost);
    try {
      if (!process.waitFor(atMost.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS)) {
        throw notJoined("nmcli did not end within " + Durations.inWords(atMost.plus(GRACE)));
      }
      if (process.exitValue() != 0) {
        throw notJoined(complaint(process));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public LinkState state() throws LinkDownException, SocketFailure {
    return link.state();
  }

  private Process start(Duration atMost) throws LinkDownException {
    ProcessBuilder builder =
        new ProcessBuilder(command(atMost)).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(PASSWORD_VARIABLE);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new MissingEquipmentException("nmcli can't be started: " + e.getMessage());
    }
    try (OutputStream answers = process.getOutputStream()) {
      if (password != null) {
        answers.write((password + "\n").getBytes(UTF_8));
      }
    } catch (IOException itEndedAlready) {
      // Without asking, then; its exit status says how it went.
    }
    return process;
  }

  private List<String> command(Duration atMost) {
    long seconds = Math.max(1, atMost.plusNanos(999_999_999).toSeconds());
    List<String> command = new ArrayList<>();
    command.add(nmcli.toString());
    if (password != null) {
      command.add("--ask");
    }
    command.addAll(List.of("--wait", Long.toString(seconds), "device", "wifi", "connect", ssid));
    if (interfaceName != null) {
      command.addAll(List.of("ifname", interfaceName));
    }
    return command;
  }

  /** The last thing that nmcli said on standard error, in one line and without the password. */
  private String complaint(Process process) {
    String said;
    try {
      said = new String(process.getErrorStream().readNBytes(LONGEST_COMPLAINT), UTF_8);
    } catch (IOException e) {
      said = String.valueOf(e.getMessage());
    }
    String last =
        said.lines()
            .filter(line -> !line.isBlank())
            .reduce((_, line) -> line)
            .orElse("nmcli ended with status " + process.exitValue());
    String printable = last.replaceAll("\\p{Cntrl}", " ").strip();
    return password == null || password.isEmpty() ? printable : printable.replace(password, "***");
  }

  private LinkDownException notJoined(String why) {
    return new LinkDownException("Wi-Fi '" + ssid + "' was not joined: " + why);
  }
}
