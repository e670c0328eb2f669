package dev.sockbed.bench.garbage;

import dev.sockbed.client.EchoClient;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.server.EchoServer;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Messages that an echo client exchanges. */
final class ExchangedMessages implements TrafficPattern.Messages {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final EchoClient client;
  private final ByteBuffer request;
  private final ByteBuffer reply;

  ExchangedMessages(EchoServer server, SocketConfig config) throws SocketFailure {
    client = EchoClient.connect(server.address(), config, TIMEOUT);
    request = ByteBuffer.allocateDirect(config.receiveLimit());
    reply = ByteBuffer.allocateDirect(config.receiveLimit());
  }

  @Override
  public void run(int count) {
    for (int i = 0; i < count; i++) {
      Outcome outcome = client.exchange(request.clear(), reply.clear());
      if (outcome != Outcome.OK) {
        throw new IllegalStateException("an exchange ended as " + outcome.label());
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
