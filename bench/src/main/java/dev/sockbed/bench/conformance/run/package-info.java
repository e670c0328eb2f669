/**
 * Runs cases, one after the other, each in a thread of its own with a deadline that holds whatever
 * the judged program does: when it is over, the case's sockets are closed under it.
 */
@NullMarked
package dev.sockbed.bench.conformance.run;

import org.jspecify.annotations.NullMarked;
