package dev.sockbed.bench.link.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the model does what it says, over a million packets. Seeds are fixed: no luck. */
@Tag("unit")
class LinkModelTest {
  private static final int MANY = 1_000_000;
  private static final int BYTES = 128;
  private static final long MILLI = 1_000_000;

  /** 99.9 % of a normal distribution lie within so many standard deviations. */
  private static final double DEVIATIONS_999 = 3.2905;

  @ParameterizedTest
  @ValueSource(strings = {"0.1%", "1%", "5%", "20%"})
  void lossLiesInTheBinomialInterval(String loss) {
    LinkModel model = model("loss=" + loss);

    long lost = 0;
    for (int i = 0; i < MANY; i++) {
      lost += model.offer(i * MILLI, BYTES).drop() == Drop.LOSS ? 1 : 0;
    }

    double share = LinkText.parse("loss=" + loss).up().loss().share();
    double deviation = Math.sqrt(MANY * share * (1 - share));
    assertThat((double) lost).isCloseTo(MANY * share, within(DEVIATIONS_999 * deviation));
    assertThat(model.counters().snapshot().lost()).isEqualTo(lost);
    assertThat(model.counters().snapshot().packets()).isEqualTo(MANY);
  }

  @Test
  void independentLossesComeOneAtATimeMostly() {
    List<Integer> bursts = bursts(model("loss=5%"));

    assertThat(mean(bursts)).isCloseTo(1 / 0.95, within(0.02));
  }

  @ParameterizedTest
  @CsvSource({"1%, 4", "5%, 10", "3%, 1.5"})
  void burstsAreAsLongAndAsFrequentAsTheModelSays(String loss, double length) {
    LinkModel model = model("loss=" + loss + ",burst=" + length);

    List<Integer> bursts = bursts(model);

    double share = LinkText.parse("loss=" + loss).up().loss().share();
    assertThat(mean(bursts)).isCloseTo(length, within(length * 0.05));
    assertThat((double) model.counters().snapshot().lost() / MANY)
        .isCloseTo(share, within(share * 0.08));
    // Lengths are distributed geometrically: so many have exactly one packet.
    double ones = (double) bursts.stream().filter(burst -> burst == 1).count() / bursts.size();
    assertThat(ones).isCloseTo(1 / length, within(0.02));
  }

  @Test
  void gilbertAndElliottsFourProbabilitiesGiveTheirLoss() {
    LinkModel model = model("loss=ge:0.5%:20%:90%:0.1%");

    bursts(model);

    double bad = 0.005 / 0.205;
    double expected = bad * 0.9 + (1 - bad) * 0.001;
    assertThat((double) model.counters().snapshot().lost() / MANY)
        .isCloseTo(expected, within(expected * 0.05));
  }

  @ParameterizedTest
  @CsvSource({
    "normal, 0.1, 37.184",
    "normal, 0.5, 50",
    "normal, 0.99, 73.263",
    "uniform, 0.1, 42",
    "uniform, 0.9, 58",
    "pareto, 0.5, 47.227",
    "pareto, 0.99, 86.275"
  })
  void delaysHaveTheMeanAndQuantilesOfTheirShape(String shape, double part, double millis) {
    LinkModel model = model("delay=50ms,jitter=10ms,shape=" + shape);
    long[] delays = new long[MANY];

    for (int i = 0; i < MANY; i++) {
      delays[i] = model.offer(i * MILLI, BYTES).arrivalNanos() - i * MILLI;
    }

    Arrays.sort(delays);
    assertThat(Arrays.stream(delays).average().orElseThrow()).isCloseTo(50e6, within(50e6 * 0.001));
    assertThat((double) delays[(int) (part * MANY)]).isCloseTo(millis * 1e6, within(0.3e6));
  }

  @Test
  void delaysAreNeverNegative() {
    LinkModel model = model("delay=1ms,jitter=5ms");

    for (int i = 0; i < 10_000; i++) {
      assertThat(model.offer(i * MILLI, BYTES).arrivalNanos()).isGreaterThanOrEqualTo(i * MILLI);
    }
  }

  @Test
  void theRateIsKept() {
    LinkModel model = model("rate=8Mbit/s,queue=1000000");

    long last = 0;
    for (int i = 0; i < 100_000; i++) {
      last = model.offer(0, 100).arrivalNanos();
    }

    // 100,000 packets of 100 bytes at a million bytes a second.
    assertThat((double) last).isCloseTo(10e9, within(10e9 * 0.001));
  }

  @Test
  void aFullQueueDropsWhatComesLast() {
    LinkModel packets = model("rate=8Mbit/s,queue=10");
    LinkModel bytes = model("rate=8Mbit/s,queue=1000B");

    assertThat(dropsOf(packets, 15)).containsExactly(10L, 11L, 12L, 13L, 14L);
    assertThat(dropsOf(bytes, 12)).containsExactly(10L, 11L);
    // After one packet's time there is room for one more.
    assertThat(packets.offer(100_000, 100).drop()).isNull();
    assertThat(packets.offer(100_000, 100).drop()).isEqualTo(Drop.QUEUE);
  }

  @Test
  void duplicationReorderingAndCorruptionHappenAsOftenAsAsked() {
    LinkModel model = model("delay=5ms,duplicate=2%,reorder=3%:20ms,corrupt=4%");

    for (int i = 0; i < MANY; i++) {
      Fate fate = model.offer(i * MILLI, BYTES);
      assertThat(fate.arrivalNanos() - i * MILLI).isEqualTo((fate.heldBack() ? 25 : 5) * MILLI);
      assertThat(fate.flippedBit()).isBetween(-1L, 8L * BYTES - 1);
    }

    PacketCounts.Snapshot counters = model.counters().snapshot();
    assertThat(counters.duplicated() / 1e6).isCloseTo(0.02, within(0.001));
    assertThat(counters.heldBack() / 1e6).isCloseTo(0.03, within(0.001));
    assertThat(counters.corrupted() / 1e6).isCloseTo(0.04, within(0.001));
    assertThat(counters.dropped()).isZero();
  }

  @Test
  void jitterReordersUnlessTheOrderIsKept() {
    assertThat(overtakings("delay=10ms,jitter=5ms")).isPositive();
    assertThat(overtakings("delay=10ms,jitter=5ms,in-order=yes")).isZero();
    assertThat(overtakings("delay=10ms,jitter=5ms,in-order=yes,reorder=5%")).isPositive();
  }

  @Test
  void aTimelineChangesTheLinkWhenItSays() {
    Timeline timeline =
        TimelineText.parse(
            LinkSpec.PERFECT, List.of("1s outage", "2s connected down-loss=100%", "3s loss=0%"));
    LinkModel up = new LinkModel(timeline, Direction.UP, 1, 500);
    LinkModel down = new LinkModel(timeline, Direction.DOWN, 1, 500);
    long second = 1_000_000_000;

    assertThat(up.offer(500 + second - 1, BYTES).drop()).isNull();
    assertThat(up.offer(500 + second, BYTES).drop()).isEqualTo(Drop.OUTAGE);
    assertThat(up.offer(500 + 2 * second, BYTES).drop()).isNull();
    assertThat(down.offer(500 + 2 * second, BYTES).drop()).isEqualTo(Drop.LOSS);
    assertThat(down.offer(500 + 3 * second, BYTES).drop()).isNull();
  }

  @Test
  void theSameSeedGivesTheSameFatesByteForByte() {
    String all =
        "loss=5%,burst=2,delay=5ms,jitter=2ms,reorder=1%,duplicate=1%,corrupt=1%,rate=9Mbit/s";

    assertThat(trace(all, 42)).isEqualTo(trace(all, 42));
    assertThat(trace(all, 42)).isNotEqualTo(trace(all, 43));
  }

  @Test
  void aPacketIsLostOrNotWhateverElseIsSet() {
    LinkModel plain = model("loss=5%");
    LinkModel busy = model("loss=5%,delay=50ms,jitter=20ms,duplicate=10%,corrupt=10%");

    for (int i = 0; i < 10_000; i++) {
      assertThat(busy.offer(i * MILLI, BYTES).drop())
          .isEqualTo(plain.offer(i * MILLI, BYTES).drop());
    }
  }

  @Test
  void theTwoDirectionsHaveFatesOfTheirOwn() {
    Timeline timeline = Timeline.constant(LinkText.parse("loss=50%"));
    LinkModel up = new LinkModel(timeline, Direction.UP, 1, 0);
    LinkModel down = new LinkModel(timeline, Direction.DOWN, 1, 0);

    int same = 0;
    for (int i = 0; i < 10_000; i++) {
      same += up.offer(i, BYTES).drop() == down.offer(i, BYTES).drop() ? 1 : 0;
    }

    assertThat(same).isBetween(4_800, 5_200);
  }

  private static LinkModel model(String link) {
    return new LinkModel(Timeline.constant(LinkText.parse(link)), Direction.UP, 7, 0);
  }

  private static List<Integer> bursts(LinkModel model) {
    List<Integer> bursts = new ArrayList<>();
    int running = 0;
    for (int i = 0; i < MANY; i++) {
      if (model.offer(i * MILLI, BYTES).drop() == Drop.LOSS) {
        running++;
      } else if (running > 0) {
        bursts.add(running);
        running = 0;
      }
    }
    return bursts;
  }

  private static double mean(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).average().orElseThrow();
  }

  private static List<Long> dropsOf(LinkModel model, int packets) {
    List<Long> dropped = new ArrayList<>();
    for (int i = 0; i < packets; i++) {
      Fate fate = model.offer(0, 100);
      if (fate.drop() == Drop.QUEUE) {
        dropped.add(fate.packet());
      }
    }
    return dropped;
  }

  private static int overtakings(String link) {
    LinkModel model = model(link);
    long last = Long.MIN_VALUE;
    int overtakings = 0;
    for (int i = 0; i < 10_000; i++) {
      long arrival = model.offer(i * 100_000L, BYTES).arrivalNanos();
      overtakings += arrival < last ? 1 : 0;
      last = Math.max(last, arrival);
    }
    return overtakings;
  }

  private static byte[] trace(String link, long seed) {
    LinkModel model = new LinkModel(Timeline.constant(LinkText.parse(link)), Direction.UP, seed, 0);
    StringBuilder trace = new StringBuilder();
    LongConsumer packet = now -> trace.append(model.offer(now, BYTES).describe(now)).append('\n');
    for (int i = 0; i < 20_000; i++) {
      packet.accept(i * 100_000L);
    }
    return trace.toString().getBytes(StandardCharsets.UTF_8);
  }
}
