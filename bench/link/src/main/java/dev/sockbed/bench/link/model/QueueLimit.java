package dev.sockbed.bench.link.model;

/** How much may wait before a link with a rate, what is being sent included. */
public sealed interface QueueLimit {
  /** 64 packets. */
  QueueLimit DEFAULT = new Packets(64);

  /** Whether there is room for another packet. */
  boolean takes(int packetsWaiting, long bytesWaiting, int packetBytes);

  /**
   * So many packets.
   *
   * @param most 1 to 1,000,000
   */
  record Packets(int most) implements QueueLimit {
    private static final int HIGHEST = 1_000_000;

    /**
     * @throws IllegalArgumentException if the number is out of range
     */
    public Packets {
      if (most < 1 || most > HIGHEST) {
        throw new IllegalArgumentException(
            "the queue must hold 1 to %d packets, not %d".formatted(HIGHEST, most));
      }
    }

    @Override
    public boolean takes(int packetsWaiting, long bytesWaiting, int packetBytes) {
      return packetsWaiting < most;
    }

    @Override
    public String toString() {
      return String.valueOf(most);
    }
  }

  /**
   * So many bytes. A packet alone always finds room.
   *
   * @param most at least 1
   */
  record Bytes(int most) implements QueueLimit {
    /**
     * @throws IllegalArgumentException if there is no room at all
     */
    public Bytes {
      if (most < 1) {
        throw new IllegalArgumentException("the queue must hold at least 1 byte, not " + most);
      }
    }

    @Override
    public boolean takes(int packetsWaiting, long bytesWaiting, int packetBytes) {
      return packetsWaiting == 0 || bytesWaiting + packetBytes <= most;
    }

    @Override
    public String toString() {
      return most + "B";
    }
  }
}
