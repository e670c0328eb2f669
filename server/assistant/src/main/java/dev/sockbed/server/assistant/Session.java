package dev.sockbed.server.assistant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is open: a listener, a connection or a UDP socket, and its peers. */
sealed interface Session permits TcpServerSession, TcpClientSession, UdpSession {
  /** The most peers at a time. */
  int MOST_PEERS = 500;

  /** What the transcript says of peers that are told goodbye because the session closes. */
  String CLOSED_WITH_IT = "closed with the session";

  /** This end's addresses, with the ports that were picked: as many as its name stands for. */
  List<String> localAddresses();

  /** The first of them. */
  default String localAddress() {
    return localAddresses().getFirst();
  }

  /** The peers that are there, by their numbers. */
  List<Peer> peers();

  /** That peer, if it is there. */
  @Nullable Peer peer(int number);

  /** Whether it still does its work; a TCP client's session ends with its connection. */
  boolean isOpen();

  /** Says goodbye to all peers and closes; waits for that, but no longer than is decent. */
  void close();
}
