package dev.sockbed.server;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * A program that is started with few descriptors, prints its port, and echoes until it is ended: by
 * an event loop if its argument is {@code loop}, else by a thread for each caller.
 */
final class LimitedServer {
  private LimitedServer() {}

  public static void main(String[] arguments) throws Exception {
    Address local = Address.parse("tcp://127.0.0.1:0");
    TcpEchoServerConfig config = TcpEchoServerConfig.DEFAULT;
    try (EchoServer server =
        arguments[0].equals("loop")
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
