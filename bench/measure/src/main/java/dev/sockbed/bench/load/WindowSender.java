package dev.sockbed.bench.load;

/**
 * Sends the messages of a closed loop whose window holds more bytes than buffers may: were sending
 * and receiving one thread's, it could wait in a send for a peer that waits in a send for us.
 *
 * <p>With batches a quarter of the window goes out together, as {@link ClosedLoop} has it.
 */
final class WindowSender implements Loop {
  private final SendQueue queue;
  private final int batch;
  private final SenderAccount account = new SenderAccount();

  /**
   * A sender.
   *
   * @param batch how many messages go out together, as long as there are so many to send
   */
  WindowSender(SendQueue queue, int batch) {
    this.queue = queue;
    this.batch = batch;
  }

  @Override
  public void run(Phase phase) {
    long left = phase.budget(queue.conversation().index());
    account.begin(phase.startNanos());
    long now = phase.startNanos();
    RetryPause backoff = new RetryPause();
    try {
      while (left > 0 && !phase.over(now)) {
        int together = (int) Math.min(batch, left);
        if (!queue.log().awaitRoom(together, phase)) {
          break;
        }
        if (queue.conversation().lane().isConnected()) {
          for (int i = 0; i < together; i++, left--) {
            queue.send(Conversation.NOT_YET, left == 1, account);
          }
          queue.flush(account);
          backoff.reset();
        } else {
          backoff.pause(phase);
        }
        now = System.nanoTime();
      }
    } finally {
      queue.end(System.nanoTime());
    }
  }
}
