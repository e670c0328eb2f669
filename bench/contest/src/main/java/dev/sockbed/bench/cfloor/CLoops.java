package dev.sockbed.bench.cfloor;

import dev.sockbed.common.SearchPath;
import dev.sockbed.common.Transport;
import dev.sockbed.common.command.MissingException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The C programs, compiled into a folder that is removed when they are closed. */
final class CLoops implements Closeable {
  private static final List<String> SOURCES = List.of("floor.h", "tcp.c", "udp.c");
  private static final Pattern PORT = Pattern.compile("port (\\d+)");
  private static final Pattern REPORT =
      Pattern.compile("messages (\\d+) nanos (\\d+) p50 (\\d+) lost (\\d+)");
  private static final int GRACE_SECONDS = 30;

  private final Path folder;

  private CLoops(Path folder) {
    this.folder = folder;
  }

  /**
   * Compiles them.
   *
   * @throws MissingException if there is no C compiler, or it does not compile them
   */
  static CLoops compile() throws IOException {
    String compiler = compiler(SearchPath.ofThisProcess());
    Path folder = Files.createTempDirectory("sockbed-floor");
    CLoops loops = new CLoops(folder);
    try {
      for (String source : SOURCES) {
        try (InputStream in = CLoops.class.getResourceAsStream(source)) {
          Files.copy(Objects.requireNonNull(in, source), folder.resolve(source));
        }
      }
      for (Transport transport : Transport.values()) {
        Path program = loops.program(transport);
        String output =
            run(List.of(compiler, "-O2", "-o", program.toString(), program + ".c"), 0).strip();
        if (!Files.isExecutable(program)) {
          throw new MissingException(
              "bench --floor: %s does not compile its loops: %s"
                  .formatted(compiler, output.lines().findFirst().orElse("it says nothing")));
        }
      }
      return loops;
    } catch (IOException | RuntimeException e) {
      loops.close();
      throw e;
    }
  }

  /** The first compiler that is there. */
  static String compiler(SearchPath path) {
    return Stream.of("cc", "gcc", "clang")
        .flatMap(name -> path.find(name).stream())
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() ->
            new MissingException(
                "bench --floor needs a C compiler, and neither cc, gcc nor clang is on the PATH"));
  }

  private Path program(Transport transport) {
    return folder.resolve(transport.scheme());
  }

  /** An echo server in C. It ends when it is closed, and by itself after two minutes. */
  record Server(Process process, int port) implements AutoCloseable {
    @Override
    public void close() {
      process.destroy();
    }
  }

  /**
   * Starts a server on loopback.
   *
   * @param cpu its processor, or -1 for any
   */
  Server serve(FloorCase what, int cpu) throws IOException {
    Process process = start(command(what, "serve", cpu));
    String line = process.inputReader().readLine();
    Matcher port = PORT.matcher(Objects.requireNonNullElse(line, ""));
    if (!port.matches()) {
      process.destroy();
      throw new IOException("the C server did not say where it listens, but: " + line);
    }
    return new Server(process, Integer.parseInt(port.group(1)));
  }

  /**
   * Runs a client once.
   *
   * @param port of an echo server on loopback
   * @param cpu its processor, or -1 for any
   * @throws IOException if it fails
   */
  FloorTrial ask(FloorCase what, int port, int cpu, int warmupMillis, int millis)
      throws IOException {
    List<String> ask = command(what, "ask", cpu);
    ask.addAll(List.of(String.valueOf(port), String.valueOf(what.window())));
    ask.addAll(List.of(String.valueOf(warmupMillis), String.valueOf(millis)));
    return trial(run(ask, warmupMillis + millis));
  }

  private List<String> command(FloorCase what, String role, int cpu) {
    List<String> command = new ArrayList<>(List.of(program(what.transport()).toString(), role));
    command.add(what.way().name().toLowerCase(Locale.ROOT));
    command.addAll(List.of(String.valueOf(what.size()), String.valueOf(cpu)));
    return command;
  }

  private static FloorTrial trial(String output) throws IOException {
    Matcher report = REPORT.matcher(output.strip());
    if (!report.matches()) {
      throw new IOException("the C client failed: " + output.strip());
    }
    double seconds = Long.parseLong(report.group(2)) / 1e9;
    return new FloorTrial(
        Long.parseLong(report.group(1)) / seconds,
        Double.parseDouble(report.group(3)),
        Long.parseLong(report.group(4)));
  }

  /** Runs a program to its end; returns all that it said. */
  private static String run(List<String> command, int millis) throws IOException {
    Process process = start(command);
    try (InputStream output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(millis / 1000 + GRACE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command.getFirst() + " did not end");
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
