package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ReplyLimitTest {
  private static final int PER_SECOND = 30_000;
  private static final int MESSAGES = 2 * PER_SECOND;
  private static final long[] SENT = new long[MESSAGES];

  static {
    Arrays.setAll(SENT, i -> i * (1_000_000_000L / PER_SECOND));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 10_000, 15_000})
  void aBucketOfOneSecondsRepliesIsALimitAndItsRateIsTold(int perSecond) {
    assertThat(ReplyLimit.of(SENT, bucket(perSecond, perSecond)).orElseThrow())
        .isBetween(perSecond * 0.9, perSecond * 1.1);
  }

  @Test
  void aLimitShowsBesideTheNetworksOwnLosses() {
    Random random = new Random(3);
    boolean[] bucket = bucket(10_000, 10_000);

    assertThat(ReplyLimit.of(SENT, where(i -> bucket[i] && random.nextInt(100) > 0))).isPresent();
  }

  @Test
  void aServerThatAnswersAllHasNone() {
    assertThat(ReplyLimit.of(SENT, where(_ -> true))).isEmpty();
  }

  @Test
  void aNetworkThatLosesSomeIsNoLimit() {
    Random random = new Random(5);

    assertThat(ReplyLimit.of(SENT, where(_ -> random.nextInt(100) >= 10))).isEmpty();
    assertThat(ReplyLimit.of(SENT, where(_ -> random.nextInt(1_000) > 0))).isEmpty();
    assertThat(ReplyLimit.of(SENT, where(_ -> false))).isEmpty();
  }

  /** A slow link answers what its queue holds, and then its rate. */
  @ParameterizedTest
  @ValueSource(ints = {1, 128, 1_000, 4_000, 30_000})
  void aLinkThatIsSlowIsNoLimitOfTheServer(int queue) {
    assertThat(ReplyLimit.of(SENT, bucket(10_000, queue))).isEmpty();
  }

  /** What a bucket lets through that is full at first. */
  private static boolean[] bucket(int perSecond, int holds) {
    boolean[] answered = new boolean[MESSAGES];
    double tokens = holds;
    for (int i = 0; i < MESSAGES; i++) {
      tokens = Math.min(holds, tokens + (double) perSecond / PER_SECOND);
      answered[i] = tokens >= 1;
      tokens -= answered[i] ? 1 : 0;
    }
    return answered;
  }

  private static boolean[] where(IntPredicate answered) {
    boolean[] all = new boolean[MESSAGES];
    for (int i = 0; i < MESSAGES; i++) {
      all[i] = answered.test(i);
    }
    return all;
  }
}
