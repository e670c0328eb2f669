package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.common.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which cases a plain program fails on each board's socket layer, and the lesson's on a computer's.
 * A profile of {@code device} must fail the same as the imitation of the layer by {@code
 * firmware.py}.
 */
enum BoardHabits {
  LESSON_TCP(
      """
      2.2/tcp-all-values 2.2/tcp-cut-utf8 2.3/tcp-129 2.4/tcp-1000 4.1/tcp-close
      4.1/tcp-close-later 4.2/tcp-no-answer-to-end 4.4/tcp-answer-then-close\
      """,
      "3.1/tcp-not-too-fast 3.2/tcp-not-too-slow"),
  LESSON_UDP("2.2/udp-cut-utf8", ""),
  LESSON_2_TCP("", ""),
  LESSON_2_UDP("", ""),
  ESP32_TCP("", ""),
  ESP32_UDP("2.6/udp-empty", ""),
  RP2_TCP("", ""),
  RP2_UDP("", ""),
  K230_A_TCP("4.1/tcp-close 4.1/tcp-close-later", ""),
  K230_A_UDP("2.5/udp-kept-apart 2.6/udp-empty", ""),
  K230_B_TCP(
      """
      1.2/tcp-once 2.1/tcp-answer 2.1/tcp-one-byte 2.2/tcp-words 2.2/tcp-more-words 2.2/tcp-nul 2.2/tcp-cut-utf8
      2.2/tcp-line-ends 2.3/tcp-129 2.4/tcp-1000 2.4/tcp-split 2.7/tcp-several 3.3/tcp-silence
      4.1/tcp-close 4.1/tcp-close-later 4.2/tcp-no-answer-to-end 4.3/tcp-closed
      4.3/tcp-broken-off\
      """,
      "3.2/tcp-not-too-slow"),
  K230_B_UDP(
      """
      1.2/udp-once 2.1/udp-answer 2.2/udp-words 2.2/udp-more-words 2.2/udp-nul 2.5/udp-kept-apart 2.6/udp-empty
      2.7/udp-equal 2.7/udp-in-time 2.7/udp-several 3.3/udp-silence\
      """,
      "");

  // Cases, between blanks.
  private final String fails;
  private final String misses;

  BoardHabits(String fails, String misses) {
    this.fails = fails;
    this.misses = misses;
  }

  private static Set<String> set(String words) {
    return words.isEmpty() ? Set.of() : Set.of(words.strip().split("\\s+"));
  }

  /** The profile's name. */
  String profile() {
    String name = name().substring(0, name().length() - "_TCP".length());
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Transport transport() {
    return Transport.valueOf(name().substring(name().length() - "TCP".length()));
  }

  /**
   * Of the cases that were judged, those fail that must and no others; nothing is said of those
   * that a busy machine left undecided.
   */
  void assertFound(List<CaseResult> results) {
    assertThat(results).isNotEmpty();
    List<CaseResult> ours = results.stream().filter(result -> !isMergedAgain(result)).toList();
    String told = Checks.told(results);
    assertThat(ids(ours, CaseVerdict.FAIL)).as(told).isSubsetOf(set(fails));
    assertThat(ids(ours, CaseVerdict.NON_STRICT)).as(told).isSubsetOf(set(misses));
    assertThat(ids(ours, CaseVerdict.PASS))
        .as(told)
        .noneMatch(id -> set(fails).contains(id) || set(misses).contains(id));
  }

  /**
   * What the checker sends again on a busy machine, this board appends to what was sent first: then
   * any case fails in which it is asked something.
   */
  private boolean isMergedAgain(CaseResult result) {
    return this == K230_A_UDP
        && result.verdict() == CaseVerdict.FAIL
        && !result.rule().equals("device/1.1")
        && !result.rule().equals("device/1.3");
  }

  /** Without {@code device/} in front. */
  private static Set<String> ids(List<CaseResult> results, CaseVerdict verdict) {
    return results.stream()
        .filter(result -> result.verdict() == verdict)
        .map(result -> result.id().substring("device/".length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
