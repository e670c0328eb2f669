package dev.sockbed.bench.link.model;

/**
 * What a link does, each direction for itself.
 *
 * @param up from the client to the server
 * @param down from the server to the client
 */
public record LinkSpec(OneWay up, OneWay down) {
  /** A link that changes nothing. */
  public static final LinkSpec PERFECT = both(OneWay.PERFECT);

  /** The same in both directions. */
  public static LinkSpec both(OneWay way) {
    return new LinkSpec(way, way);
  }

  /** The properties of one direction. */
  public OneWay of(Direction direction) {
    return switch (direction) {
      case UP -> up;
      case DOWN -> down;
    };
  }

  /** The same but for one direction. */
  public LinkSpec with(Direction direction, OneWay way) {
    return switch (direction) {
      case UP -> new LinkSpec(way, down);
      case DOWN -> new LinkSpec(up, way);
    };
  }

  /** The form that {@link LinkText#parse} reads. */
  @Override
  public String toString() {
    return LinkText.format(this);
  }
}
