package dev.sockbed.bench.serve;

import dev.sockbed.bench.bare.BareServing;
import dev.sockbed.common.Address;
import dev.sockbed.common.Durations;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Echo servers in a JVM of their own, so that their garbage, compilation and locks are not the
 * client's. The JVM ends when it is closed, and also when this process dies, however it dies.
 */
public final class EchoServerProcess implements AutoCloseable {
  /** Some hundred times what it takes on a machine that has nothing else to do. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final String STARTING = "start the echo servers";
  private static final Duration GRACE = Duration.ofSeconds(4);

  private final ServeProcess process;
  private final Map<Transport, Address> addresses;

  private EchoServerProcess(ServeProcess process, Map<Transport, Address> addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  /**
   * Starts both of our servers on free ports.
   *
   * @param host where to listen, as in {@code 127.0.0.1}
   * @param config the receive limit, threads, waiting and I/O that the servers get
   * @param flags further options of {@code serve}
   * @param cpus the processors that their threads are kept to, or none
   * @throws SocketFailure if they do not listen within a bound; the message has what they said
   */
  public static EchoServerProcess start(
      String host, SocketConfig config, List<String> flags, List<Integer> cpus) throws IOException {
    List<String> options = new ArrayList<>(List.of("--bind", host, "--port", "0"));
    options.addAll(List.of("--receive-limit", String.valueOf(config.receiveLimit())));
    options.addAll(List.of("--threads", config.threads().label()));
    options.addAll(List.of("--io", config.io().label()));
    options.addAll(List.of("--wait", config.waiting().toString(), "--quiet"));
    options.addAll(flags);
    if (!cpus.isEmpty()) {
      options.addAll(List.of("--cpus", numbers(cpus)));
    }
    return listening(ServeProcess.start(GRACE, options), START);
  }

  /**
   * Starts servers on bare channels, on free ports of the loopback interface.
   *
   * @param cpus the processors that their threads are kept to, or none
   * @throws SocketFailure if they do not listen within a bound; the message has what they said
   */
  public static EchoServerProcess startBare(List<Integer> cpus) throws IOException {
    return startBare(cpus, START);
  }

  /** The same with another bound. */
  static EchoServerProcess startBare(List<Integer> cpus, Duration within) throws IOException {
    List<String> options = List.of(BareServing.FLAG + "=" + numbers(cpus));
    return listening(ServeProcess.start(GRACE, "bench", options), within);
  }

  private static String numbers(List<Integer> cpus) {
    return cpus.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static EchoServerProcess listening(ServeProcess process, Duration within)
      throws SocketFailure {
    try {
      return new EchoServerProcess(process, awaitListening(process, within));
    } catch (SocketFailure e) {
      process.kill();
      throw e;
    }
  }

  private static Map<Transport, Address> awaitListening(ServeProcess process, Duration within)
      throws SocketFailure {
    FutureTask<Map<Transport, Address>> lines =
        new FutureTask<>(() -> readAddresses(process.output()));
    Thread.ofPlatform().daemon().name("sockbed-server-output").start(lines);
    try {
      return lines.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new SocketFailure(SocketError.OTHER, STARTING, e.getCause());
    } catch (TimeoutException e) {
      throw new SocketFailure(
          SocketError.TIMED_OUT,
          STARTING + ", which did not listen within " + Durations.inWords(within),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SocketFailure(SocketError.CLOSED, STARTING, e);
    }
  }

  private static Map<Transport, Address> readAddresses(BufferedReader output) throws IOException {
    Map<Transport, Address> addresses = new EnumMap<>(Transport.class);
    while (addresses.size() < Transport.values().length) {
      String line = output.readLine();
      if (line == null) {
        throw new IOException("they ended before they listened");
      }
      if (line.startsWith(ServeProcess.LISTENING)) {
        Address address = Address.parse(line.substring(ServeProcess.LISTENING.length()));
        addresses.put(address.transport(), address);
      }
    }
    return addresses;
  }

  /** Where the servers listen, one for each transport. */
  public Map<Transport, Address> addresses() {
    return Map.copyOf(addresses);
  }

  /** The servers' process. */
  public ProcessHandle process() {
    return process.handle();
  }

  /** Ends the servers, by asking first. */
  @Override
  public void close() throws IOException {
    process.close();
  }
}
