package dev.sockbed.bench.load;

/**
 * Sends the messages of a closed loop whose window holds more bytes than buffers may: were sending
 * and receiving one thread's, it could wait in a send for a peer that waits in a send for us.
 */
final class WindowSender implements Loop {
  private final Outlet outlet;
  private final SenderAccount account = new SenderAccount();

  WindowSender(Outlet outlet) {
    this.outlet = outlet;
  }

  @Override
  public void run(Phase phase) {
    long left = phase.budget(outlet.conversation().index());
    account.begin(phase.startNanos());
    long now = phase.startNanos();
    Backoff backoff = new Backoff();
    try {
      while (left > 0 && !phase.over(now) && outlet.log().awaitRoom(phase)) {
        if (outlet.conversation().lane().isConnected()) {
          outlet.send(Conversation.NOT_YET, left == 1, account);
          left--;
          backoff.reset();
        } else {
          backoff.pause(phase);
        }
        now = System.nanoTime();
      }
    } finally {
      outlet.end(System.nanoTime());
    }
  }
}
