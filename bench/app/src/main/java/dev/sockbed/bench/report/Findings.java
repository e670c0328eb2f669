package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.stats.Verdicts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The verdicts on the page: three as the answer, and all of them with their intervals drawn. */
final class Findings {
  private static final int ANSWERS = 3;
  private static final double WIDTH = 480;
  private static final double MARGIN = 16;
  private static final double HEIGHT = 34;

  /** As in {@code (0.77 to 0.81)}, {@code (±5.0 %)}. */
  private static final Pattern INTERVAL = Pattern.compile(" \\([^()]*\\)(?=;|$)");

  private static final String PLACEMENT = "two-cores tcp rtt p50";

  /** What most people come for, first: how fast, how much, and what a bad network does to it. */
  private static final List<String> ASKED_FIRST =
      List.of("udp rtt p50 / tcp rtt p50", "udp throughput", "udp in ", "udp setup", PLACEMENT);

  private Findings() {}

  /** At most three verdicts that answer what most people ask. */
  static List<Verdict> answer(List<Verdict> verdicts) {
    return verdicts.stream()
        .sorted(Comparator.comparingInt(Findings::place))
        .limit(ANSWERS)
        .toList();
  }

  /** What must be known beside the answer: whether placement changes more than the transport. */
  static Optional<Verdict> proviso(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(verdict -> verdict.claim().startsWith(PLACEMENT))
        .filter(verdict -> !answer(verdicts).contains(verdict))
        .findFirst();
  }

  /**
   * A verdict's sentence with its interval, which stands in brackets, and all that is told beside
   * the ratio set back.
   */
  static String emphasised(String text) {
    Matcher interval = INTERVAL.matcher(text);
    int end = interval.find() ? interval.start() : text.length();
    int beside = text.indexOf("; ");
    int first = beside < 0 ? end : Math.min(end, beside);
    String rest = text.substring(first).replaceFirst("^;? ", "");
    return unbroken(text.substring(0, first))
        + (rest.isEmpty() ? "" : " <small>" + unbroken(rest) + "</small>");
  }

  /** A percent sign stays with its number at the end of a line. */
  private static String unbroken(String text) {
    return Html.escape(text).replace(" %", "&nbsp;%");
  }

  private static int place(Verdict verdict) {
    for (int i = 0; i < ASKED_FIRST.size(); i++) {
      if (verdict.claim().startsWith(ASKED_FIRST.get(i))) {
        return i;
      }
    }
    return ASKED_FIRST.size();
  }

  /** The section of the page; empty without verdicts. */
  static String section(List<Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return "";
    }
    double reach =
        verdicts.stream()
            .flatMap(verdict -> Stream.of(verdict.ratio(), verdict.low(), verdict.high()))
            .filter(value -> value != null && value > 0)
            .mapToDouble(value -> Math.abs(Math.log(value)))
            .max()
            .orElse(0);
    double scale = (WIDTH / 2 - MARGIN) / Math.max(reach, Math.log(1.25));
    StringBuilder section =
        new StringBuilder(
            "<section>\n"
                + "<h2>All findings</h2>\n"
                + "<p>Each dot is a ratio, the bar its confidence interval (all of them hold"
                + " together with 95&nbsp;%), on a logarithmic scale: left of the line what is"
                + " named first has the smaller number, right of it the larger.</p>\n"
                + "<ul class=\"rows\">\n");
    for (Verdict verdict : verdicts) {
      section
          .append("<li><p>")
          .append(Html.escape(verdict.text()))
          .append("</p>")
          .append(strip(verdict, scale))
          .append("</li>\n");
    }
    return section.append("</ul>\n</section>").toString();
  }

  private static String strip(Verdict verdict, double scale) {
    Svg svg = new Svg(verdict.claim() + ": " + verdict.text(), WIDTH);
    double middle = WIDTH / 2;
    double y = 14;
    svg.line(0, y, WIDTH, y, "line");
    svg.line(middle, 4, middle, 24, "line");
    Double low = verdict.low();
    Double high = verdict.high();
    Double ratio = verdict.ratio();
    if (ratio == null) {
      return svg.toString();
    }
    double at = middle + Math.log(ratio) * scale;
    if (low != null && high != null) {
      svg.line(middle + Math.log(low) * scale, y, middle + Math.log(high) * scale, y, "whisker");
    }
    svg.circle(at, y, 4.5, "dot");
    svg.text(at, HEIGHT, "middle", "soft", Verdicts.number(ratio));
    return svg.toString();
  }
}
