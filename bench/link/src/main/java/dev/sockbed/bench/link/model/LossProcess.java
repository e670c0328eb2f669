package dev.sockbed.bench.link.model;

/** Decides for one packet after the other whether it is lost. */
final class LossProcess {
  private final Draws losses;
  private final Draws changes;
  private boolean bad;

  LossProcess(long seed, Direction direction) {
    losses = new Draws(seed, direction, Draws.Aspect.LOSS);
    changes = new Draws(seed, direction, Draws.Aspect.BURST);
  }

  /** Whether the packet of that number is lost; to be asked for every packet, in their order. */
  boolean loses(Loss loss, long packet) {
    return switch (loss) {
      case Loss.Independent(double share) -> losses.uniform(packet) < share;
      case Loss.Bursts bursts -> losesInBursts(bursts, packet);
    };
  }

  private boolean losesInBursts(Loss.Bursts bursts, long packet) {
    boolean lost = losses.uniform(packet) < (bad ? bursts.lossInBad() : bursts.lossInGood());
    if (changes.uniform(packet) < (bad ? bursts.badToGood() : bursts.goodToBad())) {
      bad = !bad;
    }
    return lost;
  }
}
