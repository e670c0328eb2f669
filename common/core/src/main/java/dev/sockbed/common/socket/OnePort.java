package dev.sockbed.common.socket;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Sockets at several addresses, all on one port: who is told a name and a port finds them at each
 * of the name's addresses.
 *
 * @param open opens one; a port of 0 lets the system pick
 * @param portOf the port that one is on
 * @param close closes one
 */
public record OnePort<T>(Opener<T> open, ToIntFunction<T> portOf, Consumer<T> close) {
  /** With a port that the system picked for the first, another may find it taken. */
  public static final int PICKS = 16;

  /** How to open one. */
  public interface Opener<T> {
    T open(InetSocketAddress local) throws SocketFailure;
  }

  /**
   * Opens one at each address. If their port is 0, one port is picked for all.
   *
   * @throws SocketFailure that of the first that can't be opened; the others are closed again
   */
  public List<T> at(List<InetSocketAddress> where) throws SocketFailure {
    boolean picksPort = where.getFirst().getPort() == 0;
    for (int pick = 1; ; pick++) {
      try {
        return once(where);
      } catch (SocketFailure e) {
        if (!picksPort || e.error() != SocketError.ADDRESS_IN_USE || pick == PICKS) {
          throw e;
        }
      }
    }
  }

  private List<T> once(List<InetSocketAddress> where) throws SocketFailure {
    List<T> opened = new ArrayList<>();
    try {
      for (InetSocketAddress local : where) {
        int port = opened.isEmpty() ? local.getPort() : portOf.applyAsInt(opened.getFirst());
        opened.add(open.open(new InetSocketAddress(local.getAddress(), port)));
      }
      return List.copyOf(opened);
    } catch (SocketFailure | RuntimeException | Error e) {
      opened.forEach(close);
      throw e;
    }
  }
}
