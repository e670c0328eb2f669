package dev.sockbed.bench.link.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class LinkTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "perfect",
        "loss=5%",
        "loss=5%,burst=4",
        "loss=ge:0.5%:20%:90%:0.1%",
        "delay=10ms,jitter=2ms,shape=pareto,in-order=yes",
        "reorder=1%:10ms,duplicate=0.1%,corrupt=2%",
        "rate=1.5Mbit/s,queue=64",
        "rate=768kbit/s,queue=65536B",
        "up-loss=5%,down-rate=1Gbit/s,down-queue=64",
        "outage"
      })
  void whatIsWrittenIsReadAgain(String text) {
    assertThat(LinkText.parse(text).toString()).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource
  void everyPresetIsWhatItsNumbersSay(Preset preset) {
    assertThat(LinkText.parse(preset.label())).isEqualTo(LinkText.parse(preset.text()));
    assertThat(LinkText.parse(preset.spec().toString())).isEqualTo(preset.spec());
    assertThat(preset.source()).isNotEmpty();
  }

  @Test
  void laterWordsChangeEarlierOnes() {
    LinkSpec spec = LinkText.parse("wifi-poor,delay=30ms,up-loss=0%");

    assertThat(spec.up().loss()).isEqualTo(Loss.NONE);
    assertThat(spec.down().loss()).isInstanceOf(Loss.Bursts.class);
    assertThat(spec.up().delay().mean()).isEqualTo(Duration.ofMillis(30));
    assertThat(spec.up().rate()).isEqualTo(new Bandwidth.Constant(5_000_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wifi-poor,loss=5%           | loss=5%,burst=3
          wifi-poor,loss=90%          | loss=90%,burst=9
          wifi-poor,loss=90%,burst=20 | loss=90%,burst=20
          wifi-poor,loss=5%,burst=no  | loss=5%
          wifi-poor,loss=0%           | perfect
          wifi-poor,loss=100%         | loss=100%
          wifi-good,loss=5%           | loss=5%
          loss=ge:1%:50%:90%:0%,loss=5% | loss=5%
          """)
  void burstsStayWhenAnotherShareOfPacketsIsLost(String words, String loss) {
    Loss read = LinkText.parse(words).up().loss();
    LinkSpec lossAlone =
        LinkSpec.PERFECT
            .with(Direction.UP, OneWay.PERFECT.withLoss(read))
            .with(Direction.DOWN, OneWay.PERFECT.withLoss(read));
    assertThat(LinkText.format(lossAlone)).isEqualTo(loss);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          loss=101% | loss: a percentage is at most 100 %, not '101%'
          loss=5 | loss: not a percentage: '5' (write for example 5% or 0.1%)
          delay=-5ms | delay: must not be negative: '-5ms'
          delay=5 | delay: not a duration: '5'
          delay=2m | delay: the delay must be 0 s to 1 min
          jitter=x | jitter: not a duration: 'x'
          shape=bell | shape: not a shape: 'bell' (normal, uniform or pareto)
          in-order=maybe | in-order: must be yes or no, not 'maybe'
          burst=3 | burst: bursts need a loss above 0% and below 100%
          loss=90%,burst=2 | burst: so much loss needs bursts of at least 9.0 packets
          rate=1 | rate: not a rate: '1'
          rate=1bit/s | rate: the rate must be 1 kbit/s to 100 Gbit/s
          queue=10 | queue: without a rate nothing waits
          queue=0,rate=1Mbit/s | queue: the queue must hold 1 to 1000000 packets, not 0
          reorder=1%:-1s | reorder: must not be negative
          speed=1 | unknown word: 'speed' (there are loss, burst,
          loss | loss: the value is missing: write loss=
          wifi-por | unknown preset: 'wifi-por' (did you mean wifi-poor or wifi-good?)
          wifi | unknown preset: 'wifi'
          zzzzzzzz | unknown preset: 'zzzzzzzz' (there are lan, wifi-good, wifi-poor, 4g, 3g,
          '' | unknown preset: ''
          loss=ge:1%:2% | loss: not a Gilbert-Elliott model
          """)
  void eachFaultIsNamed(String text, String message) {
    assertThatThrownBy(() -> LinkText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aTimelineKeepsWhatALineDoesNotName() {
    Timeline timeline =
        TimelineText.parse(
            LinkText.parse("delay=5ms"),
            List.of("# a train", "", "0s loss=1%", "10s outage  # tunnel", "12.5s connected"));

    assertThat(timeline.changes().stream().map(change -> change.spec().toString()))
        .containsExactly("loss=1%,delay=5ms", "loss=1%,delay=5ms,outage", "loss=1%,delay=5ms");
    assertThat(timeline.changes().getLast().at()).isEqualTo(Duration.ofMillis(12_500));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2s outage;1s connected | line 2: 1s is not later than 2s on the line before
          2s outage;2s connected | line 2: 2s is not later than 2s on the line before
          2s | line 1: '2s' does not say what changes
          soon outage | line 1: not a duration: 'soon'
          1s loss=200% | line 1: loss: a percentage is at most 100 %
          """)
  void aBadTimelineNamesTheLine(String lines, String message) {
    assertThatThrownBy(() -> TimelineText.parse(LinkSpec.PERFECT, List.of(lines.split(";"))))
        .hasMessageStartingWith(message);
  }
}
