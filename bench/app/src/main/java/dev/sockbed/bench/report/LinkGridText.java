package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Colours;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A {@link LinkGrid} for the terminal: as many delays beside each other as there is room for. */
final class LinkGridText {
  private static final int INDENT = 2;
  private static final int LOSS_WIDTH = 6;
  private static final int WIDTH = 8;
  private static final String MARK = "*";

  private final LinkGrid grid;
  private final int beside;
  private final Colours colours;
  private final List<String> lines = new ArrayList<>();

  private LinkGridText(LinkGrid grid, int width, Colours colours) {
    this.grid = grid;
    int blockWidth = WIDTH * LinkGrid.HEADS.size();
    beside = Math.max(1, (width - INDENT - LOSS_WIDTH) / blockWidth);
    this.colours = colours;
  }

  /** The shares in time; the manner that is ahead has a mark. */
  static List<String> shares(LinkGrid grid, int width, Colours colours) {
    LinkGridText text = new LinkGridText(grid, width, colours);
    text.blocks(true, text::share);
    return text.lines;
  }

  /** Until when nearly all had come. */
  static List<String> times(LinkGrid grid, int width, Colours colours) {
    LinkGridText text = new LinkGridText(grid, width, colours);
    text.blocks(false, (place, manner) -> right(place.times().get(manner)));
    return text.lines;
  }

  private String share(LinkGrid.Place place, int manner) {
    String share = place.shares().get(manner);
    return place.marks(manner)
        ? colours.transport(right(MARK + share), place.ahead())
        : right(share);
  }

  private void blocks(boolean deadlines, BiFunction<LinkGrid.Place, Integer, String> cell) {
    for (int first = 0; first < grid.columns().size(); first += beside) {
      int end = Math.min(first + beside, grid.columns().size());
      block(grid.columns().subList(first, end), deadlines, cell);
    }
  }

  private void block(
      List<LinkGrid.Column> columns,
      boolean deadlines,
      BiFunction<LinkGrid.Place, Integer, String> cell) {
    StringBuilder names = new StringBuilder(" ".repeat(INDENT + LOSS_WIDTH));
    StringBuilder heads = new StringBuilder(" ".repeat(INDENT) + pad("loss", LOSS_WIDTH));
    for (LinkGrid.Column column : columns) {
      String name = column.delay() + (deadlines ? ", " + column.deadline() : "");
      names.append(pad("  " + name, WIDTH * LinkGrid.HEADS.size()));
      LinkGrid.HEADS.forEach(head -> heads.append(right(head)));
    }
    lines.add(colours.faint(names.toString().stripTrailing()));
    lines.add(colours.faint(heads.toString()));
    for (int row = 0; row < grid.losses().size(); row++) {
      StringBuilder line =
          new StringBuilder(" ".repeat(INDENT) + pad(grid.losses().get(row), LOSS_WIDTH));
      for (LinkGrid.Column column : columns) {
        for (int manner = 0; manner < LinkGrid.HEADS.size(); manner++) {
          line.append(cell.apply(column.places().get(row), manner));
        }
      }
      lines.add(line.toString());
    }
  }

  private static String right(String value) {
    return pad("", WIDTH - value.length()) + value;
  }

  private static String pad(String value, int width) {
    return value + " ".repeat(Math.max(0, width - value.length()));
  }
}
