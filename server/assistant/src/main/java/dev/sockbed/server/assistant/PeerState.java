package dev.sockbed.server.assistant;

import java.util.Locale;

/** How it stands with a peer. */
public enum PeerState {
  /** Over TCP: connected. Over UDP: heard of, or named by the person. */
  CONNECTED,
  /** This end says goodbye, and waits for the peer to do so too. */
  CLOSING,
  /** It is gone. */
  GONE;

  /** The name on the wire. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
