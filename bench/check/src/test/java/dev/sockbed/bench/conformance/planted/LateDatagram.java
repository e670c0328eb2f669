package dev.sockbed.bench.conformance.planted;

import dev.sockbed.bench.conformance.cases.InProcess;
import dev.sockbed.bench.conformance.peers.Subject;
import dev.sockbed.common.Address;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that ends with status 0 before its datagram is on the network, and seems right. */
final class LateDatagram implements Subject {
  private final InProcess.Client datagram;
  private final AtomicInteger starts = new AtomicInteger();

  LateDatagram(InProcess.Client datagram) {
    this.datagram = datagram;
  }

  int starts() {
    return starts.get();
  }

  @Override
  public Running start(Address server) {
    starts.incrementAndGet();
    return new Ended(datagram, server);
  }

  @Override
  public boolean goesWhereItIsTold() {
    return true;
  }

  @Override
  public boolean endsVisibly() {
    return true;
  }

  private static final class Ended implements Running {
    private final InProcess.Client datagram;
    private final Address server;
    private boolean sent;

    Ended(InProcess.Client datagram, Address server) {
      this.datagram = datagram;
      this.server = server;
    }

    /** Whoever asks finds it ended, and then the datagram comes. */
    @Override
    public Integer awaitExit(Duration within) {
      try {
        if (!sent) {
          sent = true;
          datagram.talkTo(server);
        }
        return 0;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {}
  }
}
