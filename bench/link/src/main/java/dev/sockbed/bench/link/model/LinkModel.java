package dev.sockbed.bench.link.model;

/**
 * One direction of a link: decides each packet's fate from the seed, the packet's number, its
 * length and the moment at which it came, and from nothing else. It reads no clock.
 *
 * <p>For one thread at a time; {@link #counters} may be read by any.
 */
public final class LinkModel {
  private final Direction direction;
  private final Conditions conditions;
  private final PacketCounts counters = new PacketCounts();

  private final LossProcess losses;
  private final Bottleneck bottleneck;
  private final Draws delays;
  private final Draws delaysOfCopies;
  private final Draws reorderings;
  private final Draws duplications;
  private final Draws corruptions;
  private final Draws flippedBits;

  private long packets;
  private long lastArrivalNanos = Long.MIN_VALUE;

  /**
   * A model that has seen no packet.
   *
   * @param startNanos the moment that is zero in the timeline, on the clock of {@link #offer}
   */
  public LinkModel(Timeline timeline, Direction direction, long seed, long startNanos) {
    this.direction = direction;
    conditions = new Conditions(timeline, direction, startNanos);
    losses = new LossProcess(seed, direction);
    bottleneck = new Bottleneck(startNanos);
    delays = new Draws(seed, direction, Draws.Aspect.DELAY);
    delaysOfCopies = new Draws(seed, direction, Draws.Aspect.DELAY_OF_COPY);
    reorderings = new Draws(seed, direction, Draws.Aspect.REORDER);
    duplications = new Draws(seed, direction, Draws.Aspect.DUPLICATE);
    corruptions = new Draws(seed, direction, Draws.Aspect.CORRUPT);
    flippedBits = new Draws(seed, direction, Draws.Aspect.FLIPPED_BIT);
  }

  /** Which way the packets go. */
  public Direction direction() {
    return direction;
  }

  /** What became of the packets so far. */
  public PacketCounts counters() {
    return counters;
  }

  /** The same for the only client. */
  public Fate offer(long nowNanos, int packetBytes) {
    return offer(nowNanos, packetBytes, 0);
  }

  /**
   * Decides about the next packet.
   *
   * @param nowNanos when it came; never less than for the packet before
   * @param packetBytes its length with its IP header, at least 1
   * @param client the number of the client whose packet it is
   */
  public Fate offer(long nowNanos, int packetBytes, long client) {
    Fate fate = decide(conditions.at(nowNanos, client), packets++, nowNanos, packetBytes);
    counters.count(fate, packetBytes);
    return fate;
  }

  private Fate decide(OneWay way, long packet, long nowNanos, int packetBytes) {
    boolean lost = losses.loses(way.loss(), packet);
    if (way.outage()) {
      return Fate.dropped(packet, Drop.OUTAGE);
    }
    long sentNanos = bottleneck.accept(way, nowNanos, packetBytes);
    if (sentNanos == Bottleneck.DROPPED) {
      return Fate.dropped(packet, Drop.QUEUE);
    }
    if (lost) {
      return Fate.dropped(packet, Drop.LOSS);
    }
    boolean heldBack = draw(reorderings, packet, way.reorder());
    long arrival = arrival(way, sentNanos, delays.uniform(packet), heldBack);
    long copy =
        draw(duplications, packet, way.duplicate())
            ? arrival(way, sentNanos, delaysOfCopies.uniform(packet), heldBack)
            : Fate.NO_COPY;
    long flipped =
        draw(corruptions, packet, way.corrupt())
            ? flippedBits.below(packet, 8L * packetBytes)
            : Fate.INTACT;
    return new Fate(packet, null, arrival, copy, flipped, heldBack);
  }

  /** A packet that is held back does not hold up those behind it. */
  private long arrival(OneWay way, long sentNanos, double drawn, boolean heldBack) {
    long arrival = sentNanos + way.delay().quantileNanos(drawn);
    if (heldBack) {
      return arrival + way.heldBack().toNanos();
    }
    if (way.keepsOrder()) {
      if (lastArrivalNanos != Long.MIN_VALUE && lastArrivalNanos - arrival > 0) {
        arrival = lastArrivalNanos;
      }
      lastArrivalNanos = arrival;
    }
    return arrival;
  }

  private static boolean draw(Draws draws, long packet, double share) {
    return share > 0 && draws.uniform(packet) < share;
  }
}
