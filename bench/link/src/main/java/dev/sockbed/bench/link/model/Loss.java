package dev.sockbed.bench.link.model;

/** How packets are lost. */
public sealed interface Loss {
  /** No packet is lost. */
  Loss NONE = new Independent(0);

  /** The part of all packets that is lost in the long run, 0 to 1. */
  double share();

  /**
   * Each packet is lost or not, whatever became of the others.
   *
   * @param share the part of all packets, 0 to 1
   */
  record Independent(double share) implements Loss {
    /**
     * @throws IllegalArgumentException if the share is not 0 to 1
     */
    public Independent {
      OneWay.requireShare("loss", share);
    }
  }

  /**
   * Packets are lost in bursts: the link goes from a good state to a bad one and back, and loses
   * packets in either with a probability of its own (Gilbert 1960, Elliott 1963). A state's
   * probability to change is asked once for each packet, after that packet's fate is decided.
   *
   * @param goodToBad the probability of a change from good to bad, above 0 to 1
   * @param badToGood the probability of a change from bad to good, above 0 to 1
   * @param lossInBad the part of packets lost in the bad state, 0 to 1
   * @param lossInGood the part of packets lost in the good state, 0 to 1
   */
  record Bursts(double goodToBad, double badToGood, double lossInBad, double lossInGood)
      implements Loss {
    private static final double ROUNDING = 1e-9;

    /**
     * @throws IllegalArgumentException if a probability is out of range, or a state is never left
     */
    public Bursts {
      OneWay.requireShare("the change from good to bad", goodToBad);
      OneWay.requireShare("the change from bad to good", badToGood);
      OneWay.requireShare("loss in the bad state", lossInBad);
      OneWay.requireShare("loss in the good state", lossInGood);
      if (goodToBad == 0 || badToGood == 0) {
        throw new IllegalArgumentException("a state of the link that is never left is no burst");
      }
    }

    /**
     * Bursts in which every packet is lost.
     *
     * @param share the part of all packets that is lost, above 0 and below 1
     * @param length how many packets are lost in a row on average, at least 1; the lengths are
     *     distributed geometrically
     * @throws IllegalArgumentException if so much loss can't come in bursts that short
     */
    public static Bursts of(double share, double length) {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException("bursts need a loss above 0% and below 100%");
      }
      if (!(length >= 1)) {
        throw new IllegalArgumentException("a burst is at least 1 packet long, not " + length);
      }
      double badToGood = 1 / length;
      double goodToBad = badToGood * share / (1 - share);
      if (goodToBad > 1 + ROUNDING) {
        throw new IllegalArgumentException(
            "so much loss needs bursts of at least %.1f packets".formatted(share / (1 - share)));
      }
      return new Bursts(Math.min(goodToBad, 1), badToGood, 1, 0);
    }

    /**
     * As long bursts with another share of lost packets, and longer ones if so much loss needs
     * them; if that is not all or nothing, and every packet of a burst is lost.
     */
    Loss withShare(double share) {
      boolean canBe = lossInBad == 1 && lossInGood == 0 && share > 0 && share < 1;
      return canBe
          ? of(share, Math.max(1 / badToGood, share / (1 - share)))
          : new Independent(share);
    }

    /** The part of the time in the bad state. */
    double shareOfBad() {
      return goodToBad / (goodToBad + badToGood);
    }

    @Override
    public double share() {
      return shareOfBad() * lossInBad + (1 - shareOfBad()) * lossInGood;
    }
  }
}
