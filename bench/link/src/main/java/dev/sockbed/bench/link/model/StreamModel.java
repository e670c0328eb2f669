package dev.sockbed.bench.link.model;

/**
 * What can honestly be done to one direction of a TCP connection from outside: its bytes can be
 * late and slow, but not lost, since both ends' TCP has acknowledged them already. Loss,
 * reordering, duplication and corruption of a {@link OneWay} are not looked at.
 *
 * <p>For one thread at a time.
 */
public final class StreamModel {
  private final Conditions conditions;
  private final long connection;
  private final PacketCounts counters;
  private final Draws delays;
  private final Transmitter transmitter;
  private long pieces;
  private long lastArrivalNanos;

  /**
   * A stream without bytes so far.
   *
   * @param connection the connection's number, so that each draws its own delays
   * @param beginNanos now
   * @param counters learn of each piece
   */
  public StreamModel(
      Timeline timeline,
      Direction direction,
      long seed,
      long connection,
      long startNanos,
      long beginNanos,
      PacketCounts counters) {
    this.connection = connection;
    conditions = new Conditions(timeline, direction, startNanos);
    delays = new Draws(seed + connection, direction, Draws.Aspect.DELAY);
    transmitter = new Transmitter(startNanos);
    lastArrivalNanos = beginNanos;
    this.counters = counters;
  }

  /**
   * Decides about the next bytes.
   *
   * @param nowNanos when they came; never less than for those before
   * @return when they arrive, never before those before
   */
  public long offer(long nowNanos, int bytes) {
    OneWay way = conditions.at(nowNanos, connection);
    counters.countPiece(bytes);
    long sent = transmitter.send(way.rate(), nowNanos, bytes);
    long arrival = sent + way.delay().quantileNanos(delays.uniform(pieces++));
    lastArrivalNanos = arrival - lastArrivalNanos > 0 ? arrival : lastArrivalNanos;
    return lastArrivalNanos;
  }
}
