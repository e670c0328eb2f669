package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.result.WorkloadFinding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HtmlReportTest {
  private static final Results FULL = SampleResults.full(1);
  private static final String PAGE = HtmlReport.render(FULL);

  @Test
  void theAnswerComesFirstInAtMostThreeSentences() {
    String answer = between(PAGE, "<ul class=\"answer\">", "</ul>");

    assertThat(answer.split("<li>", -1)).hasSize(4);
    assertThat(answer).contains("UDP&#39;s median round trip is");
    assertThat(PAGE.indexOf("class=\"answer\"")).isLessThan(PAGE.indexOf("<section>"));
  }

  @Test
  void theAnswerTellsOfABadNetworkAndPlacementIsSaidBesideIt() {
    List<Verdict> verdicts =
        List.of(
            verdict("two-cores tcp rtt p50 / one-core tcp rtt p50", "Placement matters (3 to 4)"),
            verdict("udp setup p50 / tcp setup p50", "Set-up is quicker"),
            verdict(
                "udp in 1s / tcp in 1s, link loss=2%", "In 100ms came 95%; in 1s all (relayed)"),
            verdict("udp throughput / tcp throughput", "More a second (1.2 to 1.4)"),
            verdict("udp rtt p50 / tcp rtt p50", "Quicker (0.7 to 0.8)"));

    String header = between(HtmlReport.render(withVerdicts(verdicts)), "<header>", "</header>");

    assertThat(between(header, "<ul class=\"answer\">", "</ul>"))
        .containsSubsequence(
            "<li>Quicker <small>(0.7 to 0.8)</small></li>",
            "<li>More a second <small>(1.2 to 1.4)</small></li>",
            "<li>In 100ms came 95% <small>in 1s all (relayed)</small></li>")
        .doesNotContain("Set-up");
    assertThat(header).contains("</ul>\n<p>Placement matters <small>(3 to 4)</small></p>");
  }

  @Test
  void whereLittleIsAnsweredPlacementIsPartOfTheAnswerAndSaidOnce() {
    List<Verdict> verdicts =
        List.of(
            verdict("udp rtt p50 / tcp rtt p50", "Quicker (0.7 to 0.8)"),
            verdict("two-cores tcp rtt p50 / one-core tcp rtt p50", "Placement matters (3 to 4)"));

    String header = between(HtmlReport.render(withVerdicts(verdicts)), "<header>", "</header>");

    assertThat(header).containsOnlyOnce("Placement matters");
    assertThat(between(header, "<ul class=\"answer\">", "</ul>")).contains("Placement matters");
  }

  @Test
  void aPercentSignIsNotPartedFromItsNumber() {
    String page =
        HtmlReport.render(
            withVerdicts(
                List.of(verdict("udp rtt p50 / tcp rtt p50", "No difference found (±9.0 %)"))));

    assertThat(between(page, "<header>", "</header>"))
        .contains("<li>No difference found <small>(±9.0&nbsp;%)</small></li>");
  }

  @Test
  void whatANeedIsMetByComesFirstAndIsTextWhateverItSays() {
    WorkloadFinding.OfVariant way =
        new WorkloadFinding.OfVariant(
            "udp+retry",
            WorkloadFinding.MEETS,
            0.999,
            0.993,
            0.9999,
            6,
            360,
            90_000_000L,
            new WorkloadFinding.Cpu(30_000, 28_000, 35_000),
            140.0,
            1.12,
            "udp+retry meets it: 99.9 %");
    WorkloadFinding.OfVariant withOption =
        new WorkloadFinding.OfVariant(
            "tcp+bbr",
            WorkloadFinding.CANT_TELL,
            null,
            null,
            null,
            0,
            0,
            null,
            way.cpu(),
            null,
            null,
            "tcp+bbr: nothing was measured");
    WorkloadFinding need =
        new WorkloadFinding(
            "sensor",
            64,
            10,
            1,
            1_000_000_000,
            0.99,
            "loss=<5%>",
            0.95,
            "Take udp+retry",
            List.of(way, withOption));
    Results results =
        new Results(
            FULL.schema(),
            FULL.tool(),
            FULL.startedAt(),
            FULL.environment(),
            FULL.config(),
            FULL.cells(),
            FULL.verdicts(),
            need);

    String header = between(HtmlReport.render(results), "<header>", "</header>");

    assertThat(header)
        .containsSubsequence(
            "<h1>",
            "<ul class=\"answer\"><li>Take udp+retry</li></ul>",
            "For sensor",
            "<li>udp+retry meets it: 99.9 %</li>",
            "on loopback, where nothing is sent again, 140 bytes on the link, 1.12 sendings</li>",
            "tcp+bbr costs a message",
            "on loopback as plain TCP</li>",
            "needed: 99 %",
            "loss=&lt;5%&gt;",
            "in 6 trials")
        .doesNotContain("UDP&#39;s median round trip is");
  }

  private static Verdict verdict(String claim, String text) {
    return new Verdict(claim, 1.0, 0.9, 1.1, 0.95, 5, 5, text);
  }

  private static Results withVerdicts(List<Verdict> verdicts) {
    return new Results(
        FULL.schema(),
        FULL.tool(),
        FULL.startedAt(),
        FULL.environment(),
        FULL.config(),
        FULL.cells(),
        verdicts);
  }

  @Test
  void theMachineAndItsWarningsStandNextToTheAnswer() {
    assertThat(between(PAGE, "<header>", "</header>"))
        .contains("2 processors (Example CPU), Linux 6.1.0, Java 25.0.3+9")
        .contains("The machine is a virtual one.");
  }

  @Test
  void everyNumberIsInATableWithoutAnyScript() {
    String table = between(PAGE, "<h2>Round trip</h2>", "</section>");

    assertThat(table).contains("<table>", "p99.9", "TCP</td>", "UDP</td>", "µs</td>");
    assertThat(between(PAGE, "<h2>The receive limit</h2>", "</section>"))
        .contains("128 + 128 + 2", "<svg");
  }

  @Test
  void thePageLoadsNothing() {
    assertThat(PAGE)
        .contains("default-src &#39;none&#39;".replace("&#39;", "'"))
        .doesNotContainPattern("(?i)<[^>]*\\s(src|href|srcset|action)\\s*=")
        .doesNotContainPattern("(?i)<(link|iframe|img|object|embed|base)\\b")
        .doesNotContain("@import", "url(");
  }

  @Test
  void theLibraryKeepsItsLicence() {
    assertThat(PAGE).contains("Copyright (c) 2022 Leon Sorokin", "The MIT License");
  }

  @Test
  void whateverTheDataSaysItStaysText() {
    String attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{script}}";
    Cell cell = FULL.cells().getFirst();
    Cell hostile =
        new Cell(
            attack,
            attack,
            attack,
            attack,
            attack,
            attack,
            1,
            1,
            1,
            null,
            1,
            cell.sent(),
            cell.outcomes(),
            cell.events(),
            cell.serviceNs(),
            null,
            1,
            cell.histogram(),
            null,
            null);
    Results results =
        new Results(
            FULL.schema(),
            new Results.Tool(attack, attack),
            FULL.startedAt(),
            ResultsFile.tree(Map.of(attack, attack)),
            ResultsFile.tree(Map.of("list", List.of(attack))),
            List.of(hostile),
            List.of(new Verdict(attack, 1.0, 0.9, 1.1, 0.95, 5, 5, attack)));

    String page = HtmlReport.render(results);

    assertThat(page).doesNotContain("<script>alert", "<img", "\"'&{{script}}");
    assertThat(page.split("<script", -1)).hasSameSizeAs(PAGE.split("<script", -1));
    assertThat(page.split("</script", -1)).hasSameSizeAs(PAGE.split("</script", -1));
  }

  @Test
  void aRunWithoutAnyCellStillMakesAPage() {
    Results empty =
        new Results(
            Results.LOAD,
            FULL.tool(),
            FULL.startedAt(),
            ResultsFile.tree(Map.of()),
            FULL.config(),
            List.of(),
            List.of());

    assertThat(HtmlReport.render(empty)).contains("Nothing was measured.", "Nothing was recorded.");
  }

  @Test
  void aRunOfOneTransportShowsItsNumbersAndClaimsNothing() {
    List<Cell> udp = FULL.cells().stream().filter(cell -> cell.transport().equals("udp")).toList();
    Results results =
        new Results(
            Results.LOAD,
            FULL.tool(),
            FULL.startedAt(),
            FULL.environment(),
            FULL.config(),
            udp,
            List.of());

    assertThat(HtmlReport.render(results))
        .contains("There is no comparison here", "<h2>Throughput</h2>")
        .doesNotContain("All findings", "TCP</td>");
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start);
    assertThat(from).isNotNegative();
    return text.substring(from, text.indexOf(end, from));
  }
}
