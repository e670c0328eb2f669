package dev.sockbed.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole command line tried once in one process, as {@link LocaleTest} wants to see it: each
 * command's work where that is quick, and the help of all. Each is told by a line with its exit
 * status.
 */
final class LocaleTour {
  private LocaleTour() {}

  /**
   * Runs the tour.
   *
   * @param arguments a folder for files, the ports of a TCP and of a UDP echo server, and anything
   *     if {@code compare}, which takes its time, is to be tried too
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    String tcp = "tcp://127.0.0.1:" + arguments[1];
    String udp = "udp://127.0.0.1:" + arguments[2];
    List<List<String>> steps = new ArrayList<>();
    for (Subcommand subcommand : Subcommand.values()) {
      steps.add(List.of(subcommand.word(), "--help"));
    }
    Path script =
        Files.writeString(
            folder.resolve("script.txt"),
            "open udp 0 to " + udp.substring(6) + "\nsend i\nexpect i\n");
    steps.add(List.of("--help"));
    steps.add(List.of("nonsense", "İI"));
    steps.add(
        List.of(
            "load",
            tcp,
            "--count",
            "1200",
            "--warmup",
            "0s",
            "--quiet",
            "--out",
            folder.resolve("load").toString()));
    steps.add(
        List.of(
            "check",
            "server",
            udp,
            "--only",
            "echo/udp/1.1*",
            "--quiet",
            "--json",
            folder.resolve("check.json").toString(),
            "--junit",
            folder.resolve("check.xml").toString()));
    steps.add(List.of("check", "report", folder.resolve("check.json").toString()));
    steps.add(List.of("assistant", "--script", script.toString()));
    steps.add(
        List.of(
            "link",
            "--listen",
            "udp://127.0.0.1:0",
            "--to",
            udp,
            "--loss",
            "1.5%",
            "--duration",
            "100ms",
            "--link-mode",
            "relay",
            "--quiet"));
    steps.add(List.of("bench", "-l"));
    String load = folder.resolve("load").resolve("load.json").toString();
    steps.add(List.of("diff", load, load));
    steps.add(List.of("talk", udp));
    steps.add(List.of("device", tcp, "--count", "2", "--pause", "1ms"));
    steps.add(List.of("serve", "--port", "0", "--stop-at-end-of-input"));
    if (arguments.length > 3) {
      steps.add(
          List.of(
              "compare",
              "--quick",
              "--only",
              "setup",
              "--quiet",
              "--out",
              folder.resolve("compare").toString()));
    }
    for (List<String> step : steps) {
      System.setIn(new ByteArrayInputStream("I 1.5\n".getBytes(StandardCharsets.US_ASCII)));
      int status = Sockbed.run(step.toArray(String[]::new));
      System.out.println("exit status " + status + " of " + step);
    }
  }
}
