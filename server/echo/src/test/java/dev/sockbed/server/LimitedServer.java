package dev.sockbed.server;

import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * A program that is started with little of what a server needs, prints its port, and echoes until
 * it is ended: by an event loop if one of its arguments is {@code loop}, else by a thread for each
 * caller, a virtual one if one is {@code virtual}; in batches if one is {@code batched}; by
 * receives of 64 KiB if one is {@code large}.
 */
final class LimitedServer {
  private LimitedServer() {}

  public static void main(String[] arguments) throws Exception {
    Set<String> how = Set.of(arguments);
    Address local = Address.parse("tcp://127.0.0.1:0");
    TcpConfig socket =
        TcpConfig.DEFAULT
            .withThreads(how.contains("virtual") ? ThreadKind.VIRTUAL : ThreadKind.PLATFORM)
            .withIo(how.contains("batched") ? IoMode.BATCHED : IoMode.PLAIN)
            .withReceiveLimit(how.contains("large") ? 1 << 16 : 128);
    TcpEchoServerConfig config = TcpEchoServerConfig.DEFAULT.withSocket(socket);
    try (EchoServer server =
        how.contains("loop")
            ? TcpEchoLoop.open(local, config)
            : TcpEchoServer.open(local, config)) {
      loadWhatAFailureNeeds();
      System.out.println("port " + server.address().port());
      new CountDownLatch(1).await();
    }
  }

  /** In a test, classes are files in a folder, and reading one takes a descriptor too. */
  private static void loadWhatAFailureNeeds() {
    SocketFailure failure = SocketFailure.of("accept", new IOException("Too many open files"));
    new LoggedCount(
            LoggerFactory.getLogger(LimitedServer.class),
            Address.parse("tcp://[::1]:0"),
            "no fault")
        .add(failure);
    CountDownLatch stopped = new CountDownLatch(0);
    new Backoff(stopped).pause();
  }
}
