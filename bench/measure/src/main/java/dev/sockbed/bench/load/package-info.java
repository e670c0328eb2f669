/**
 * The load generator: sends messages on a schedule and accounts for each of them.
 *
 * <p>A {@link dev.sockbed.bench.load.LoadPlan} says what is sent; a {@link
 * dev.sockbed.bench.load.LoadRun} does it once. Between them stand, for each connection, a {@link
 * dev.sockbed.bench.load.Lane} (what differs between the transports), a {@link
 * dev.sockbed.bench.load.Ledger} (which gives every message its one outcome) and a {@link
 * dev.sockbed.bench.load.Conversation} that holds both together.
 *
 * <h2>Threads</h2>
 *
 * In a closed loop one thread drives each connection: it sends, receives and accounts. In an open
 * loop one thread sends over all connections at the moments of the schedule, and each connection
 * has one that receives and accounts; it learns of what was sent from a {@link
 * dev.sockbed.bench.load.SentLog}, a ring with one writer and one reader, so that a ledger belongs
 * to one thread only. The thread that called {@code run} supervises. {@code cancel} may be called
 * from any thread.
 *
 * <h2>Waiting</h2>
 *
 * The loops wait in socket calls without a timeout, which cost fewest system calls. The supervisor
 * looks at them at intervals and closes the socket of one that waits too long, so every run ends:
 * the plan's deadline after the last message at the latest.
 *
 * <h2>Garbage</h2>
 *
 * Between the first message and the last, sending, receiving, checking and recording allocate
 * nothing; tables and histograms are made before. A connection that is made anew allocates.
 */
@NullMarked
package dev.sockbed.bench.load;

import org.jspecify.annotations.NullMarked;
