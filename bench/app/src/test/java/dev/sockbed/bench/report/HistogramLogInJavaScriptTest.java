package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.testing.Chromium;
import dev.sockbed.bench.testing.Tab;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The histogram log as HdrHistogram's JavaScript library reads it: hdr-histogram-js 3.0.1, as it is
 * built for browsers, with the pako that it inflates by.
 */
@ExtendWith(Chromium.Shared.class)
@Tag("browser")
class HistogramLogInJavaScriptTest {
  private static final String LIBRARY = "hdr-histogram-js-3.0.1.umd.js";
  private static final String PAKO =
      "/META-INF/resources/webjars/pako/1.0.11/dist/pako_inflate.min.js";

  /** The function that gives all intervals of a log, as both libraries tell them. */
  private static final String READ =
      """
      log => {
        const reader = new hdr.HistogramLogReader(log);
        const intervals = [];
        for (let h = reader.nextIntervalHistogram(); h; h = reader.nextIntervalHistogram()) {
          intervals.push({tag: h.tag === 'NO TAG' ? null : h.tag, count: h.totalCount,
            p50: h.getValueAtPercentile(50), p99: h.getValueAtPercentile(99), max: h.maxValue});
        }
        return intervals;
      }
      """;

  private record Interval(@Nullable String tag, long count, long p50, long p99, long max) {}

  @Test
  void eachIntervalHasTheSameTimesAsInJava(Chromium chromium) throws IOException {
    String log = log(SampleResults.full(1));

    try (Tab browser = chromium.open()) {
      browser.evaluate(text(PAKO));
      browser.evaluate(text(LIBRARY));
      List<Interval> read = new ArrayList<>();
      for (JsonNode interval :
          browser.evaluate("(" + READ + ")(" + new JsonMapper().writeValueAsString(log) + ")")) {
        read.add(new JsonMapper().treeToValue(interval, Interval.class));
      }

      assertThat(read).hasSizeGreaterThan(100).containsExactlyElementsOf(inJava(log));
    }
  }

  private static String log(Results results) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    HistogramLog.write(results, log);
    return log.toString(StandardCharsets.UTF_8);
  }

  private static List<Interval> inJava(String log) {
    List<Interval> intervals = new ArrayList<>();
    try (HistogramLogReader reader =
        new HistogramLogReader(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)))) {
      while (reader.hasNext()) {
        Histogram times = (Histogram) reader.nextIntervalHistogram();
        intervals.add(
            new Interval(
                times.getTag(),
                times.getTotalCount(),
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getMaxValue()));
      }
    }
    return intervals;
  }

  private static String text(String resource) throws IOException {
    try (InputStream content =
        Objects.requireNonNull(
            HistogramLogInJavaScriptTest.class.getResourceAsStream(resource), resource)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
