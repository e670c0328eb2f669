package dev.sockbed.client;

import java.nio.ByteBuffer;

/**
 * The last requests that a UDP client sent, as far as a reply to them can show: so that a reply
 * which comes too late, or twice, is not taken for the answer to the request that waits. Allocates
 * nothing once made.
 */
final class RecentRequests {
  /** How many are remembered, the one that waits included. */
  static final int CAPACITY = 16;

  /** No request that is remembered. */
  static final int NONE = -1;

  private final int receiveLimit;
  private final Request[] requests = new Request[CAPACITY];
  private int newest;
  private int count;

  /**
   * @param receiveLimit the most bytes of a reply that are ever seen
   */
  RecentRequests(int receiveLimit) {
    this.receiveLimit = receiveLimit;
    for (int i = 0; i < CAPACITY; i++) {
      requests[i] = new Request(receiveLimit);
    }
  }

  /** Remembers the bytes between position and limit as the newest, and forgets the oldest. */
  void add(ByteBuffer request) {
    newest = (newest + 1) % CAPACITY;
    count = Math.min(count + 1, CAPACITY);
    requests[newest].set(request, Math.min(request.remaining(), receiveLimit));
  }

  /**
   * Which request a reply echoes whole, or as much of it as the receive limit lets through.
   *
   * @param reply received bytes, from {@code replyStart} to its position
   * @param truncated whether the receive lost bytes to its limit
   * @return 0 for the newest, 1 for the one before, and so on; {@link #NONE} for none
   */
  int echoed(ByteBuffer reply, int replyStart, boolean truncated) {
    int received = reply.position() - replyStart;
    for (int age = 0; age < count; age++) {
      Request request = aged(age);
      boolean fits = truncated ? request.length > received : request.length == received;
      if (fits && Exchanges.beginsWith(request.bytes, reply, replyStart)) {
        return age;
      }
    }
    return NONE;
  }

  /**
   * Which request a reply echoes only the beginning of, cut on its way and not by our limit.
   *
   * @param reply received bytes, from {@code replyStart} to its position
   * @return as {@link #echoed}
   */
  int begun(ByteBuffer reply, int replyStart) {
    int received = reply.position() - replyStart;
    for (int age = 0; age < count; age++) {
      Request request = aged(age);
      if (request.length > received && Exchanges.beginsWith(request.bytes, reply, replyStart)) {
        return age;
      }
    }
    return NONE;
  }

  /**
   * Marks a request as answered.
   *
   * @return whether it was so already
   */
  boolean answer(int age) {
    Request request = aged(age);
    boolean before = request.answered;
    request.answered = true;
    return before;
  }

  /** How long a request was, in bytes. */
  int length(int age) {
    return aged(age).length;
  }

  private Request aged(int age) {
    return requests[(newest - age + CAPACITY) % CAPACITY];
  }

  /** One request: its length and its first bytes. */
  private static final class Request {
    private final ByteBuffer bytes;
    private int length;
    private boolean answered;

    Request(int receiveLimit) {
      bytes = ByteBuffer.allocateDirect(receiveLimit);
    }

    void set(ByteBuffer request, int seen) {
      length = request.remaining();
      answered = false;
      bytes.clear().put(0, request, request.position(), seen).limit(seen);
    }
  }
}
