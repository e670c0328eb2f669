/**
 * The load generator: sends messages on a schedule and accounts for each of them.
 *
 * @see dev.sockbed.bench.load.LoadRun
 */
@NullMarked
package dev.sockbed.bench.load;

import org.jspecify.annotations.NullMarked;
