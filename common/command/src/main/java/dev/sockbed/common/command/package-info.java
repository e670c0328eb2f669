/**
 * What every command of the command line shares: exit statuses, how values are read, how a failure
 * is told. The sockets, servers and clients know nothing of this room; only {@code …Command} types
 * and their flags do.
 *
 * <p>Everything runs in the command's thread, but for what is to be done at the process's end,
 * which the JVM's shutdown does in a thread of its own.
 */
@NullMarked
package dev.sockbed.common.command;

import org.jspecify.annotations.NullMarked;
