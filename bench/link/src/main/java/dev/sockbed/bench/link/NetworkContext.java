package dev.sockbed.bench.link;

import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;

/** In which network sockets are made: this process's own, or a namespace. */
public interface NetworkContext {
  /** The network of the thread that asks. */
  NetworkContext HERE = from(LocalEnd.ANY);

  /** From where sockets to a server talk; the port is 0. */
  default LocalEnd local() {
    return LocalEnd.ANY;
  }

  /** This process's own network, from one of its addresses or over one family. */
  static NetworkContext from(LocalEnd local) {
    return new NetworkContext() {
      @Override
      public LocalEnd local() {
        return local;
      }

      @Override
      public <T> T make(Maker<T> maker) throws SocketFailure {
        return maker.make();
      }
    };
  }

  /**
   * Makes a socket there; it stays there, whichever thread uses it.
   *
   * @throws SocketFailure if it can't be made
   */
  <T> T make(Maker<T> maker) throws SocketFailure;

  /**
   * Makes sockets.
   *
   * @param <T> what is made
   */
  interface Maker<T> {
    /** Makes one, without waiting for anything. */
    T make() throws SocketFailure;
  }
}
