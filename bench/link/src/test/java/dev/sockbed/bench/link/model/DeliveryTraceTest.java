package dev.sockbed.bench.link.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links whose rate is a recording, in Mahimahi's format. */
@Tag("unit")
class DeliveryTraceTest {
  private static final long MILLI = 1_000_000;
  private static final long START = -7 * MILLI;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      textBlock =
          """
          1,2,x        | line 3: not a time in milliseconds: 'x'
          1,-2         | line 2: not a time in milliseconds: '-2'
          1,2.5        | line 2: not a time in milliseconds: '2.5'
          '1,,2'       | line 2: not a time in milliseconds: ''
          ١            | line 1: not a time in milliseconds: '١'
          5,4          | line 2: 4 is before 5 on the line before
          0,0          | a trace must last for some time, and all its lines are 0
          86400001     | line 1: a trace lasts at most 24 h, and that is 86400001 ms
          99999999999  | line 1: not a time in milliseconds: '99999999999'
          """)
  void whatIsNoTraceIsToldWithItsLine(String lines, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeliveryTrace.parse("bad", List.of(lines.split(",", -1))))
        .withMessage(message);
  }

  @Test
  void anEmptyFileIsNoTrace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeliveryTrace.parse("bad", List.of()))
        .withMessage("a trace has at least one line");
  }

  @Test
  void aPacketLeavesAtTheNextOpportunityAndEachAfterTheOther() {
    LinkModel link = link("5,10,10,20");

    assertThat(left(link, 0, 1_500)).isEqualTo(5);
    assertThat(left(link, 1, 1_500)).isEqualTo(10);
    assertThat(left(link, 2, 1_500)).isEqualTo(10);
    assertThat(left(link, 3, 1_500)).isEqualTo(20);
  }

  @Test
  void afterItsLastLineATraceBeginsAgain() {
    LinkModel link = link("5,10");

    assertThat(IntStream.range(0, 5).mapToLong(i -> left(link, 0, 1_500)))
        .containsExactly(5L, 10L, 15L, 20L, 25L);
    assertThat(left(link, 1_000_001, 1_500)).isEqualTo(1_000_005);
  }

  @Test
  void anOpportunityThatNobodyUsesIsGone() {
    LinkModel link = link("5,10,15");

    assertThat(left(link, 11, 1_500)).isEqualTo(15);
  }

  @Test
  void anOpportunityTakesSeveralSmallPacketsAndAPartOfAnother() {
    LinkModel link = link("5,10,15");

    assertThat(left(link, 0, 1_000)).isEqualTo(5);
    assertThat(left(link, 0, 500)).isEqualTo(5);
    assertThat(left(link, 0, 1_000)).isEqualTo(10);
    assertThat(left(link, 0, 1_000)).isEqualTo(15);
  }

  @Test
  void theRestOfAnOpportunityIsNotKeptForWhatComesLater() {
    LinkModel link = link("5,10,15");

    assertThat(left(link, 0, 100)).isEqualTo(5);
    assertThat(left(link, 6, 1_400)).isEqualTo(10);
    assertThat(left(link, 7, 101)).isEqualTo(15);
  }

  @Test
  void whatFindsTheQueueFullIsDropped() {
    OneWay way = OneWay.PERFECT.withRate(recorded("100")).withQueue(new QueueLimit.Packets(2));
    LinkModel link = model(way);

    assertThat(link.offer(START, 1_500).drop()).isNull();
    assertThat(link.offer(START, 1_500).drop()).isNull();
    assertThat(link.offer(START, 1_500).drop()).isEqualTo(Drop.QUEUE);
  }

  /** A line a millisecond is 12 Mbit/s. A constant rate rounds each packet up to a nanosecond. */
  @Test
  void aRegularTraceIsAsQuickAsTheConstantRateOfItsMean() {
    LinkModel recorded = link("1");
    LinkModel constant = model(OneWay.PERFECT.withRate(Bandwidth.parse("12Mbit/s")));

    for (int i = 0; i < 60; i++) {
      long sent = left(recorded, 0, 700);
      long expected = constant.offer(START, 700).arrivalNanos() - START;
      assertThat(sent * MILLI - expected).isBetween(-60L, MILLI);
    }
    assertThat(DeliveryTrace.parse("1", List.of("1")).meanBitsPerSecond()).isEqualTo(12_000_000);
  }

  @Test
  void aStreamIsDeliveredByATraceToo() {
    StreamModel stream =
        new StreamModel(
            timeline(OneWay.PERFECT.withRate(recorded("5,10"))),
            Direction.UP,
            1,
            0,
            START,
            START + MILLI,
            new PacketCounts());

    assertThat(stream.offer(START + MILLI, 1_501) - START).isEqualTo(10 * MILLI);
    assertThat(stream.offer(START + MILLI, 1_500) - START).isEqualTo(15 * MILLI);
  }

  /** In milliseconds since the link began. */
  private static long left(LinkModel link, long atMillis, int bytes) {
    return (link.offer(START + atMillis * MILLI, bytes).arrivalNanos() - START) / MILLI;
  }

  private static LinkModel link(String lines) {
    return model(OneWay.PERFECT.withRate(recorded(lines)));
  }

  private static Bandwidth recorded(String lines) {
    return new Bandwidth.Recorded(DeliveryTrace.parse("made", List.of(lines.split(","))));
  }

  private static LinkModel model(OneWay way) {
    return new LinkModel(timeline(way), Direction.UP, 1, START);
  }

  private static Timeline timeline(OneWay way) {
    return Timeline.constant(LinkSpec.both(way));
  }
}
