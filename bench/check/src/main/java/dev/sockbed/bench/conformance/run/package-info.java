/**
 * Runs cases, several at a time where they don't disturb each other, each in a thread of its own
 * with a deadline that holds whatever the judged program does: when it is over, the case's sockets
 * are closed under it.
 *
 * <p>A checker that is itself held up may miss what came in time. It measures that, and then runs
 * the case again, or says that it can't be told.
 */
@NullMarked
package dev.sockbed.bench.conformance.run;

import org.jspecify.annotations.NullMarked;
