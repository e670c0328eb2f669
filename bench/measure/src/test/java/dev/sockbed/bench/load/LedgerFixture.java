package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import java.nio.ByteBuffer;

/** A ledger without a socket, and what it is told, message by message. */
abstract class LedgerFixture {
  static final long DEADLINE = 1_000;
  static final int MOST = 8;

  final ProbeMessage codec = new ProbeMessage(128);
  final ReplyTimes times = new ReplyTimes(true);
  final ByteBuffer buffer = ByteBuffer.allocateDirect(256);
  private MessageSizes sizes = MessageSizes.of(128);
  Ledger ledger = ledger(MessageSizes.of(128), MOST);

  /** An empty ledger for messages of these sizes. */
  final Ledger ledger(MessageSizes sizes, int most) {
    this.sizes = sizes;
    return new Ledger(codec.another(), sizes, DEADLINE, most, times);
  }

  /** Sends a message at the moment that its number is. */
  final void send(long sequence) {
    ledger.sending(sequence, sequence, sequence);
  }

  /** The first bytes of the reply to a message, or more than there are, arrive. */
  final void reply(long sequence, long sent, int length, long received) {
    codec.write(buffer, Math.max(length, sizes.at(sequence)), sequence);
    codec.stamp(buffer, sent);
    ledger.reply(buffer.limit(length), false, received, Replies.NO_ORDER);
  }

  /** The reply to a message of 128 bytes arrives with one bit turned over. */
  final void changedReply(long sequence, long sent, int at, long received) {
    codec.write(buffer, 128, sequence);
    codec.stamp(buffer, sent);
    buffer.put(at, (byte) (buffer.get(at) ^ 1));
    ledger.reply(buffer, false, received, Replies.NO_ORDER);
  }

  /** Ends, and looks at what became of everything. */
  final void assertSettled(Outcomes outcomes, Events events) {
    ledger.close();
    assertThat(ledger.outcomes()).isEqualTo(outcomes);
    assertThat(ledger.outcomes().total()).isEqualTo(ledger.sent());
    assertThat(ledger.events()).isEqualTo(events);
  }
}
