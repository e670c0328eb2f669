package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that does exact wrongs to its first 2,500 datagrams; each must be found and nothing
 * else.
 */
@Tag("socket")
class PlantedFaultsTest {
  private static final int FAULTY = 2_500;
  private static final int CUT = 37;
  private static final int CHANGED_FILL = 43;
  private static final int CHANGED_HEADER = 47;
  private static final int DELAYED = 53;

  /** None but the one that is meant to be is late, however busy the machine. */
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  static Stream<Arguments> paces() {
    Way spinning = new Way(IoMode.PLAIN, WaitStrategy.SPIN);
    Way batched = new Way(IoMode.AUTO, WaitStrategy.BLOCK);
    Way both = new Way(IoMode.AUTO, WaitStrategy.SPIN);
    return Stream.of(
        Arguments.of(new Pace.OpenLoop(1_000, Arrival.CONSTANT), 16, Way.USUAL),
        Arguments.of(new Pace.OpenLoop(1_000, Arrival.CONSTANT), 16, spinning),
        Arguments.of(new Pace.OpenLoop(1_000, Arrival.POISSON), 200, Way.USUAL),
        Arguments.of(new Pace.OpenLoop(1_000, Arrival.POISSON), 200, batched),
        Arguments.of(new Pace.ClosedLoop(64), 128, Way.USUAL),
        Arguments.of(new Pace.ClosedLoop(64), 128, batched),
        Arguments.of(new Pace.ClosedLoop(64), 128, both));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}, {1} bytes, {2}")
  @MethodSource("paces")
  void eachPlantedFaultIsCountedExactly(Pace pace, int size, Way way) throws Exception {
    Faults faults = new Faults();
    try (UdpTestPeer peer = UdpTestPeer.start(faults)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withPace(pace)
              .withSizes(MessageSizes.of(size))
              .withSocket(UdpConfig.DEFAULT.withReceiveLimit(256))
              .withWarmup(Duration.ZERO)
              .withDeadline(DEADLINE)
              .withStop(RunningLoad.LONG);

      RunningLoad running = RunningLoad.begin(way.of(plan));
      running.awaitThat(() -> faults.delayedWasSent && peer.served() > FAULTY);
      // The run waits for the reply to one more, behind which none can be on its way.
      long served = peer.served();
      running.awaitThat(() -> peer.served() > served + 1);
      running.cancel();

      LoadResult result = running.result();
      long sent = result.sent();
      assertThat(sent).isGreaterThan(FAULTY);
      assertThat(result.outcomes())
          .as("drops 50, cuts 1, changes 2, delays 1")
          .isEqualTo(new Outcomes(sent - 54, 50, 1, 1, 2, 0, 0));
      assertThat(result.events())
          .as("28 doubled; 19 swapped, and the delayed one came after later ones, too")
          .isEqualTo(new Events(28, 20));
      assertThat(result.strays()).isZero();
    }
  }

  /** Drops every 50th, doubles every 70th, swaps every 90th with the next; and the four others. */
  private static final class Faults implements UdpTestPeer.Rule {
    private byte[] held = {};
    private volatile boolean delayedWasSent;

    @Override
    public void answer(long number, byte[] datagram, Consumer<byte[]> reply) {
      byte[] swapped = held;
      held = new byte[0];
      if (number > FAULTY) {
        reply.accept(datagram);
      } else if (number % 50 == 0) {
        return;
      } else if (number % 70 == 0) {
        reply.accept(datagram);
        reply.accept(datagram);
      } else if (number % 90 == 0) {
        held = datagram;
      } else {
        special((int) number, datagram, reply);
      }
      if (swapped.length > 0) {
        reply.accept(swapped);
      }
    }

    private void special(int number, byte[] datagram, Consumer<byte[]> reply) {
      switch (number) {
        case CUT -> reply.accept(Arrays.copyOf(datagram, datagram.length - 3));
        case CHANGED_FILL -> reply.accept(changed(datagram, datagram.length - 1));
        case CHANGED_HEADER -> reply.accept(changed(datagram, 6));
        case DELAYED ->
            CompletableFuture.delayedExecutor(DEADLINE.toMillis() * 3 / 2, TimeUnit.MILLISECONDS)
                .execute(() -> {
                  reply.accept(datagram);
                  delayedWasSent = true;
                });
        default -> reply.accept(datagram);
      }
    }

    private static byte[] changed(byte[] datagram, int at) {
      byte[] other = datagram.clone();
      other[at] ^= 0x10;
      return other;
    }
  }
}
