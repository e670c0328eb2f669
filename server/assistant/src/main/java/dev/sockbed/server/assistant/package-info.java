/**
 * The network assistant's core: what the operator's page, console and scripts are views of.
 *
 * <p>One {@link dev.sockbed.server.assistant.Assistant} has at most one open session, the session
 * has peers, and all that happens becomes a {@link dev.sockbed.server.assistant.Row} of the {@link
 * dev.sockbed.server.assistant.Transcript}. Nothing here prints, and nothing here knows who looks.
 *
 * <h2>Threads</h2>
 *
 * Every public method may be called from any thread. A TCP peer has a platform thread that receives
 * and, from the first send on, one that sends. A UDP session has a thread that receives for each of
 * its addresses, and one that sends for all its peers. They are platform threads because one peer
 * that floods would keep a virtual thread's carrier to itself. Listeners of the transcript are
 * called by the thread that adds the row, one row at a time, and must not wait.
 *
 * <h2>Bounds</h2>
 *
 * The transcript keeps the last rows and bytes and counts what it dropped; a peer's outbox takes a
 * number of messages and bytes and refuses more; there are so many peers and no more. Every refusal
 * is told or counted.
 */
@NullMarked
package dev.sockbed.server.assistant;

import org.jspecify.annotations.NullMarked;
