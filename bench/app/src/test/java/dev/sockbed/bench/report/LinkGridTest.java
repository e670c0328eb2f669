package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleLinks;
import dev.sockbed.bench.result.SampleResults;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class LinkGridTest {
  private static final Results OVER_LINKS = SampleResults.overLinks();
  private static final String PAGE = HtmlReport.render(OVER_LINKS);

  @Test
  void withoutASweepThereIsNoTable() {
    Results none = SampleResults.small(1);

    assertThat(LinkGrid.of(none)).isEmpty();
    assertThat(LinkGrid.onlyHere(none)).isEmpty();
    assertThat(HtmlReport.render(none)).doesNotContain(LinkGrid.TITLE);
    assertThat(TerminalReport.render(none, 80, Colours.OFF)).doesNotContain(LinkGrid.TITLE);
  }

  @Test
  void eachLossIsARowAndEachDelayHasAColumnForEachWayOfSending() {
    List<String> report = TerminalReport.render(OVER_LINKS, 80, Colours.OFF).lines().toList();

    assertThat(report)
        .containsSubsequence(
            LinkGrid.TITLE,
            "          no delay, in 20 ms      delay 50 ms, in 200 ms",
            "  loss       TCP     UDP resends     TCP     UDP resends")
        .contains(
            "  0 %      100 %   100 %   100 %   100 %   100 %   100 %",
            "  10 %     1.9 % *79.1 %  79.1 %   1.3 % *79.8 %  79.8 %");
  }

  @Test
  void theOneThatIsAheadIsMarkedAndNobodyWhereTheyAreAlike() {
    LinkGrid grid = LinkGrid.of(OVER_LINKS).orElseThrow();
    List<LinkGrid.Place> slow = grid.columns().getLast().places();

    assertThat(slow).extracting(LinkGrid.Place::ahead).containsExactly("", "udp", "udp", "udp");
    assertThat(slow.getLast().marks(0)).isFalse();
    assertThat(slow.getLast().marks(1)).isTrue();
    assertThat(slow.getLast().marks(2)).isFalse();
  }

  @Test
  void withoutAnIntervalNobodyIsMarked() {
    List<Cell> first = OVER_LINKS.cells().stream().filter(cell -> cell.trial() == 1).toList();
    assertThat(LinkGrid.of(withCells(first)).orElseThrow().columns())
        .flatExtracting(LinkGrid.Column::places)
        .extracting(LinkGrid.Place::ahead)
        .containsOnly("");
  }

  @Test
  void aDeadlineThatNothingCanMeetHasNoColumn() {
    String report = TerminalReport.render(OVER_LINKS, 80, Colours.OFF);

    assertThat(report).contains("   50 ms   100 ms").doesNotContain("20 ms    50 ms");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void noLineIsLongerThanTheTerminalAndNoDeadlineIsLeftOut(int width) {
    for (Results results : List.of(OVER_LINKS, withCells(SampleLinks.link(1, 0, true)))) {
      String report = TerminalReport.render(results, width, Colours.OFF);

      assertThat(report.lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
      assertThat(report).contains(" 50 ms", " 1 s");
    }
  }

  private static Results withCells(List<Cell> cells) {
    return new Results(
        OVER_LINKS.schema(),
        OVER_LINKS.tool(),
        OVER_LINKS.startedAt(),
        OVER_LINKS.environment(),
        OVER_LINKS.config(),
        cells,
        List.of());
  }

  @Test
  void whatNeverComesCountsAsTheLongest() {
    LinkGrid grid = LinkGrid.of(OVER_LINKS).orElseThrow();

    assertThat(grid.columns().getFirst().places().getLast().times())
        .satisfiesExactly(
            tcp -> assertThat(tcp).endsWith(" ms"),
            udp -> assertThat(udp).isEqualTo("never"),
            retry -> assertThat(retry).startsWith("31").endsWith(" ms"));
  }

  @Test
  void linksThatTheTableShowsHaveNoSectionOfTheirOwn() {
    String report = TerminalReport.render(OVER_LINKS, 80, Colours.OFF);

    assertThat(report)
        .contains("Over a bad network: loss=2%,delay=10ms")
        .doesNotContain("Over a bad network: loss=5%,delay=50ms");
    assertThat(PAGE)
        .contains("<h2>Over a bad network: loss=2%,delay=10ms</h2>")
        .doesNotContain("<h2>Over a bad network: loss=5%,delay=50ms</h2>")
        .contains("<h3>loss=5%,delay=50ms</h3>");
  }

  @Test
  void thePageHasTheSentenceForAChooserBesideTheTable() {
    String section = PAGE.substring(PAGE.indexOf("<h2>" + LinkGrid.TITLE));
    section = section.substring(0, section.indexOf("</section>"));

    assertThat(section)
        .contains("<li>With a delay of 50 ms each way, UDP delivers more in time than TCP for a")
        .contains("<td class=\"ahead udp\">")
        .contains("<td>never</td>")
        .contains("delay 50 ms, in 200 ms");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 200})
  void noLineIsLongerThanTheTerminalIsWide(int width) {
    assertThat(TerminalReport.render(OVER_LINKS, width, Colours.OFF).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
  }

  @Test
  void coloursChangeNothingButTheColour() {
    String coloured = TerminalReport.render(OVER_LINKS, 80, Colours.ON);

    assertThat(coloured.replaceAll("\u001b\\[\\d+m", ""))
        .isEqualTo(TerminalReport.render(OVER_LINKS, 80, Colours.OFF));
  }
}
