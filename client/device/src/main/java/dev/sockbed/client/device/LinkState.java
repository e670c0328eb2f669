package dev.sockbed.client.device;

/** How a network link is at a moment. */
public sealed interface LinkState {
  /**
   * The link is up and has an address.
   *
   * @param information what is known of the network
   */
  record Up(NetworkInformation information) implements LinkState {}

  /**
   * The link is not up, or has no address yet; either may change.
   *
   * @param why in a few words, as in {@code wlan0 has no address}
   */
  record Down(String why) implements LinkState {}
}
