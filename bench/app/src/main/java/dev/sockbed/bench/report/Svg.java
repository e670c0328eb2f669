package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import java.util.List;
import java.util.Locale;

/** A small picture, drawn on a surface of a given size that scales to the room it gets. */
final class Svg {
  private final StringBuilder shapes = new StringBuilder();
  private final String description;
  private final double width;
  private double height;

  /**
   * Begins a picture.
   *
   * @param description what it shows, for who cannot see it
   */
  Svg(String description, double width) {
    this.description = description;
    this.width = width;
  }

  /** Makes the picture at least so high. */
  void reach(double y) {
    height = Math.max(height, y);
  }

  void rectangle(double x, double y, double wide, double high, String kind) {
    shape("rect", kind, at("x", x) + at("y", y) + at("width", wide) + at("height", high));
    reach(y + high);
  }

  void line(double x1, double y1, double x2, double y2, String kind) {
    shape("line", kind, at("x1", x1) + at("y1", y1) + at("x2", x2) + at("y2", y2));
    reach(Math.max(y1, y2));
  }

  void circle(double x, double y, double radius, String kind) {
    shape("circle", kind, at("cx", x) + at("cy", y) + at("r", radius));
    reach(y + radius);
  }

  /**
   * Many dots at once, in a tenth of the room that circles would take.
   *
   * @param kind says how wide and of which colour their strokes are
   */
  void dots(List<Dot> dots, String kind) {
    shapes.append("<path d=\"");
    for (Dot dot : dots) {
      shapes.append('M').append(number(dot.x())).append(' ').append(number(dot.y())).append("h0");
      reach(dot.y());
    }
    shapes.append("\" class=\"").append(kind).append("\"/>");
  }

  /** A place in the picture. */
  record Dot(double x, double y) {}

  /**
   * Writes a word.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}: which part of it is at {@code x}
   */
  void text(double x, double y, String anchor, String kind, String words) {
    shapes
        .append("<text")
        .append(at("x", x))
        .append(at("y", y))
        .append(" text-anchor=\"")
        .append(anchor)
        .append("\" class=\"")
        .append(kind)
        .append("\">")
        .append(Html.escape(words))
        .append("</text>");
    reach(y + 4);
  }

  /** The picture as HTML. */
  @Override
  public String toString() {
    return "<svg viewBox=\"0 0 "
        + number(width)
        + " "
        + number(height + 1)
        + "\" role=\"img\" aria-label=\""
        + Html.escape(description)
        + "\">"
        + shapes
        + "</svg>\n";
  }

  private void shape(String element, String kind, String attributes) {
    shapes
        .append('<')
        .append(element)
        .append(attributes)
        .append(" class=\"")
        .append(kind)
        .append("\"/>");
  }

  private static String at(String name, double value) {
    return " " + name + "=\"" + number(value) + "\"";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
