package dev.sockbed.bench.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sockbed.bench.output.Table.Column;
import dev.sockbed.bench.output.Table.Kind;
import dev.sockbed.bench.output.Table.Row;
import dev.sockbed.bench.output.Table.Tone;
import dev.sockbed.bench.output.Table.Value;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TableTest {
  private static final String WRONG = "of 100 sent: 2 lost (2.0 %), 1 late (1.0 %)";

  private static final Table TIMES =
      new Table(
          List.of(
              new Column("bytes", Kind.PLACE, 0),
              new Column("", Kind.NAME, 0),
              new Column("p50", Kind.NUMBER, 8),
              new Column("p90", Kind.NUMBER, 8).ofRank(2),
              new Column("p99", Kind.NUMBER, 8).ofRank(1),
              new Column("what did not go well", Kind.WORDS, 0)),
          List.of(row(true, "16", "tcp", ""), row(false, "", "udp", WRONG)));

  private static final Table GROUPS =
      new Table(
          List.of(
              new Column("loss", Kind.NAME, 6),
              new Column("TCP", "no delay", Kind.NUMBER, 7, 0, Tone.TCP),
              new Column("UDP", "no delay", Kind.NUMBER, 7, 0, Tone.UDP),
              new Column("TCP", "delay 10 ms", Kind.NUMBER, 7, 0, Tone.TCP),
              new Column("UDP", "delay 10 ms", Kind.NUMBER, 7, 0, Tone.UDP)),
          List.of(
              new Row(
                  List.of(
                      Value.of("1 %"),
                      Value.of("99 %"),
                      new Value("100 %", Tone.UDP, true),
                      Value.of("98 %"),
                      Value.of("97 %")),
                  false)));

  private static Row row(boolean first, String bytes, String transport, String wrong) {
    return new Row(
        List.of(
            Value.of(bytes),
            Value.variant(transport),
            Value.of("1 µs"),
            Value.of("2 µs"),
            Value.of("3 µs"),
            Value.bad(wrong)),
        first);
  }

  @Test
  void wordsStandBelowTheirRowWhereThereIsNoRoomBesideIt() {
    assertThat(TableText.lines(TIMES, 2, 50, Colours.OFF))
        .containsExactly(
            "  bytes          p50      p90      p99",
            "     16 TCP     1 µs     2 µs     3 µs",
            "        UDP     1 µs     2 µs     3 µs",
            "            of 100 sent: 2 lost (2.0 %), 1 late",
            "            (1.0 %)");
  }

  @Test
  void wordsStandBesideTheirRowWhereThereIsRoom() {
    assertThat(TableText.lines(TIMES, 2, 75, Colours.OFF))
        .containsExactly(
            "  bytes          p50      p90      p99  what did not go well",
            "     16 TCP     1 µs     2 µs     3 µs",
            "        UDP     1 µs     2 µs     3 µs  of 100 sent: 2 lost (2.0 %), 1 late",
            "                                        (1.0 %)");
  }

  @Test
  void columnsGiveWayByTheirRankAndThoseOfRankNoneNever() {
    assertThat(TableText.lines(TIMES, 2, 34, Colours.OFF).getFirst())
        .isEqualTo("  bytes          p50      p99");
    assertThat(TableText.lines(TIMES, 2, 10, Colours.OFF).getFirst())
        .isEqualTo("  bytes          p50");
  }

  @Test
  void groupsThatDoNotFitStandBelowEachOtherEachWithTheNamesOfTheRows() {
    assertThat(TableText.lines(GROUPS, 0, 30, Colours.OFF))
        .containsExactly(
            "        no delay",
            "loss       TCP     UDP",
            "1 %       99 %  *100 %",
            "        delay 10 ms",
            "loss       TCP     UDP",
            "1 %       98 %    97 %");
    assertThat(TableText.lines(GROUPS, 0, 60, Colours.OFF)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 120})
  void noLineIsLongerThanTheTerminal(int width) {
    assertThat(TableText.lines(TIMES, 2, width, Colours.OFF))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    assertThat(TableText.lines(GROUPS, 2, width, Colours.OFF))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
  }

  @Test
  void coloursChangeNothingButTheColour() {
    List<String> painted = TableText.lines(TIMES, 2, 80, Colours.ON);

    assertThat(String.join("\n", painted)).contains("\u001b[31mof 100", "\u001b[36mTCP");
    assertThat(painted.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")).toList())
        .isEqualTo(TableText.lines(TIMES, 2, 80, Colours.OFF));
  }

  @Test
  void aColumnOfWordsThatIsEmptyEverywhereIsGoneButFromData() {
    Table well = new Table(TIMES.columns(), List.of(row(true, "16", "tcp", "")));

    assertThat(TableText.lines(well, 2, 120, Colours.OFF).getFirst()).endsWith("p99");
    assertThat(TableHtml.render(well)).doesNotContain("what did not go well");
    assertThat(TableMarkdown.render(well)).doesNotContain("what did not go well");
    assertThat(TableCsv.render(well)).contains("what did not go well");
  }

  @Test
  void aPageHasClassesForItsStyleAndHeadsAboveGroups() {
    assertThat(TableHtml.render(TIMES))
        .contains(
            "<tr class=\"first\"><td>16</td><td class=\"name tcp\">TCP</td>",
            "<td class=\"wrap bad\">of 100 sent");
    assertThat(TableHtml.render(GROUPS))
        .contains(
            "<tr><th class=\"name\" rowspan=\"2\">loss</th><th class=\"group\" colspan=\"2\">",
            "<tr><th class=\"tcp\">TCP</th><th class=\"udp\">UDP</th><th class=\"tcp\">",
            "<td class=\"ahead udp\">100 %</td>");
  }

  @Test
  void markdownHasItsOwnMarksAndGroupsInItsHeads() {
    assertThat(TableMarkdown.render(GROUPS))
        .isEqualTo(
            """
            | loss | no delay: TCP | no delay: UDP | delay 10 ms: TCP | delay 10 ms: UDP |
            | :-- | --: | --: | --: | --: |
            | 1 % | 99 % | **100 %** | 98 % | 97 % |
            """);
  }

  @Test
  void dataStaysDataInEveryForm() {
    Table hostile =
        new Table(
            List.of(new Column("a,b", Kind.NAME, 0), new Column("c", Kind.NAME, 0)),
            List.of(Row.of(List.of("<b>|`x`\n[y](z)", "say \"no\", then\r\nend"))));

    assertThat(TableHtml.render(hostile)).contains("&lt;b&gt;|`x`").doesNotContain("<b>");
    assertThat(TableMarkdown.render(hostile))
        .contains("\\<b\\>\\|\\`x\\` \\[y\\](z) | say \"no\", then end |")
        .hasLineCount(3);
    assertThat(TableCsv.render(hostile))
        .isEqualTo("\"a,b\",c\r\n\"<b>|`x`\n[y](z)\",\"say \"\"no\"\", then\r\nend\"\r\n");
  }

  @Test
  void aRowHasAValueForEachColumn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table(TIMES.columns(), List.of(Row.of(List.of("1")))))
        .withMessage("1 values under 6 columns");
  }
}
