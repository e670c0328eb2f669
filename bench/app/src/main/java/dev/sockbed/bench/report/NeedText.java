package dev.sockbed.bench.report;

import dev.sockbed.bench.link.model.Preset;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.common.Durations;
import dev.sockbed.common.Percentages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What somebody needs, what meets it, and what each costs, in words. */
final class NeedText {
  private NeedText() {}

  /** The heading. */
  static String title(WorkloadFinding need) {
    return need.name().equals("own") ? "For this need" : "For " + need.name();
  }

  /** The need in a sentence. */
  static String asked(WorkloadFinding need) {
    String link = "; the link: " + link(need.link());
    String within = Durations.inWords(Duration.ofNanos(need.deadlineNs()));
    String part = Percentages.inWords(need.mustArrive());
    String direction = need.direction();
    return direction == null
        ? "needed: %s of the messages, each of %,d bytes, %s a second over %s, back within %s%s"
            .formatted(
                part,
                need.sizeBytes(),
                Numbers.rate(need.ratePerSecond()),
                Numbers.counted(need.connections(), "connection", "connections"),
                within,
                link)
        : "needed: %s of the files, each of %,d bytes, %s, whole within %s of the connect%s"
            .formatted(part, need.sizeBytes(), way(direction), within, link);
  }

  private static String way(String direction) {
    return switch (direction) {
      case "up" -> "to the server";
      case "down" -> "from the server";
      default -> "to the server and from it in turn";
    };
  }

  /** What the answers rest on. */
  static String surely(WorkloadFinding need) {
    int trials =
        need.variants().stream().mapToInt(WorkloadFinding.OfVariant::trials).max().orElse(0);
    long messages =
        need.variants().stream().mapToLong(WorkloadFinding.OfVariant::messages).max().orElse(0);
    String measured =
        need.direction() == null
            ? "%s over each in %s"
                .formatted(
                    Numbers.counted(messages, "message", "messages"),
                    Numbers.counted(trials, "trial", "trials"))
            : Numbers.counted(messages, "file", "files") + " over each";
    return "%s, each with another seed; the intervals hold together with %s"
        .formatted(measured, Numbers.share(need.confidence()));
  }

  /** What a message costs, there and back, or a file; empty where nothing of that is known. */
  static String costs(WorkloadFinding need, WorkloadFinding.OfVariant variant) {
    boolean file = need.direction() != null;
    List<String> costs = new ArrayList<>();
    WorkloadFinding.Cpu cpu = variant.cpu();
    if (cpu != null) {
      costs.add(
          "%s of processor time (%s to %s) on loopback%s"
              .formatted(
                  Numbers.time(cpu.medianNs()),
                  Numbers.time(cpu.leastNs()),
                  Numbers.time(cpu.mostNs()),
                  file ? "" : asMeasured(Variant.parse(variant.variant()))));
    }
    if (variant.wireBytes() != null) {
      costs.add(String.format(Locale.ROOT, "%,.0f bytes on the link", variant.wireBytes()));
    }
    if (variant.sendings() != null && variant.sendings() > 1) {
      costs.add(String.format(Locale.ROOT, "%.2f sendings", variant.sendings()));
    }
    return costs.isEmpty()
        ? ""
        : "%s costs %s %s"
            .formatted(
                variant.variant(),
                file ? "a file" : "a message and its echo",
                String.join(", ", costs));
  }

  /** Loopback is measured with the transport as it is, and loses nothing. */
  private static String asMeasured(Variant variant) {
    if (variant.equals(Variant.plain(variant.transport()))) {
      return "";
    }
    return variant.isOfOptions() ? " as plain TCP" : ", where nothing is sent again";
  }

  /** The link by its preset's name, where it is one, and in words. */
  private static String link(String words) {
    return Arrays.stream(Preset.values())
        .filter(preset -> preset.spec().toString().equals(words))
        .findFirst()
        .map(preset -> preset.label() + " (" + preset.text() + ")")
        .orElse(words)
        .replace(",", ", ");
  }
}
