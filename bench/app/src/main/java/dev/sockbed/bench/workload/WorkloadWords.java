package dev.sockbed.bench.workload;

import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.bench.result.WorkloadFinding.OfVariant;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.common.Durations;
import dev.sockbed.common.Percentages;
import dev.sockbed.common.UdpConfig;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The answers in words. */
final class WorkloadWords {
  private static final double DIGITS = 1e4;

  private WorkloadWords() {}

  /** All answers in a sentence, those that meet the need first. */
  static String answer(List<OfVariant> variants) {
    List<String> meet = names(variants, WorkloadFinding.MEETS);
    List<String> fail = names(variants, WorkloadFinding.DOES_NOT_MEET);
    List<String> open = names(variants, WorkloadFinding.CANT_TELL);
    List<String> parts = new ArrayList<>();
    if (!meet.isEmpty()) {
      parts.add("%s %s the need".formatted(list(meet), meet.size() == 1 ? "meets" : "meet"));
    }
    if (!fail.isEmpty()) {
      String does = fail.size() == 1 ? "does not" : "do not";
      parts.add(list(fail) + " " + does + (meet.isEmpty() ? " meet the need" : ""));
    }
    if (!open.isEmpty()) {
      parts.add("of " + list(open) + " it can't be told");
    }
    return String.join("; ", parts);
  }

  private static List<String> names(List<OfVariant> variants, String answer) {
    return variants.stream()
        .filter(variant -> variant.answer().equals(answer))
        .map(OfVariant::variant)
        .toList();
  }

  /** As in {@code tcp, udp and udp+retry}. */
  private static String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** Why datagrams are no way at all. */
  static String fitsNoDatagram(String variant, int sizeBytes) {
    return "%s does not meet it: a message of %,d bytes fits no datagram, which has at most %,d"
        .formatted(variant, sizeBytes, UdpConfig.LONGEST_DATAGRAM);
  }

  /** What an answer is called behind the name of a way of sending. */
  static String verb(String answer) {
    return switch (answer) {
      case WorkloadFinding.MEETS -> "meets it";
      case WorkloadFinding.DOES_NOT_MEET -> "does not meet it";
      default -> "can't be told";
    };
  }

  /** All that was found of one, in a sentence. */
  static String sentence(OfVariant found, Workload workload, Measured measured) {
    Double share = found.share();
    if (share == null) {
      return found.variant() + ": nothing was measured";
    }
    StringBuilder text =
        new StringBuilder(
            "%s %s: %s were back within %s%s"
                .formatted(
                    found.variant(),
                    verb(found.answer()),
                    Numbers.share(share),
                    Durations.inWords(workload.deadline()),
                    interval(found)));
    String needed = Percentages.inWords(workload.mustArrive());
    text.append(
        found.neededNs() == null
            ? "; %s never were".formatted(needed)
            : "; %s were within %s".formatted(needed, Numbers.time(found.neededNs())));
    long excused = measured.excused();
    if (excused > 0 && !found.answer().equals(WorkloadFinding.MEETS)) {
      text.append(
          "; this machine itself may have held up %s"
              .formatted(Numbers.counted(excused, "message", "messages")));
    }
    if (measured.overRelay() && found.variant().equals("tcp")) {
      text.append("; through a relay, which loses no TCP segment");
    }
    return text.toString();
  }

  /** The share's interval in brackets, or why there is none. */
  static String interval(OfVariant found) {
    Double low = found.low();
    Double high = found.high();
    return low == null || high == null
        ? " (%s, too few to tell: %d are needed)"
            .formatted(Numbers.counted(found.trials(), "trial", "trials"), Comparison.FEWEST)
        : String.format(
            Locale.ROOT,
            " (%s to %s)",
            percent(Math.floor(low * DIGITS)),
            percent(Math.ceil(high * DIGITS)));
  }

  /** An end of an interval never looks as if it were on the other side of what is needed. */
  private static String percent(double ofDigits) {
    return BigDecimal.valueOf(ofDigits * 100 / DIGITS)
            .setScale(2, RoundingMode.HALF_EVEN)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}
