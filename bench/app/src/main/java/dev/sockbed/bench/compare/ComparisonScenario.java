package dev.sockbed.bench.compare;

import dev.sockbed.bench.bare.Floor;

/** The questions that a comparison asks. */
enum ComparisonScenario {
  /** How long until a new client is served: connect and first echo. */
  SETUP("setup"),
  /** The least that a round trip takes here, on bare channels. */
  FLOOR(Floor.SCENARIO),
  /** How long one message takes there and back, one at a time. */
  RTT("rtt"),
  /** How many messages a second, with many under way. */
  THROUGHPUT("throughput"),
  /** What a message waits for when they come at a given rate, up to more than can be done. */
  OFFERED_LOAD("offered-load"),
  /** What a receiver sees of messages around its receive limit. */
  RECEIVE_LIMIT("receive-limit"),
  /** What many clients at once cost. */
  CONNECTIONS("connections"),
  /** What each does over a bad network. */
  LINK("link");

  private final String label;

  ComparisonScenario(String label) {
    this.label = label;
  }

  /** The name in cells. */
  String label() {
    return label;
  }
}
