/**
 * What every command of the command line shares: exit statuses, how values are read, how a failure
 * is told. The sockets, servers and clients know nothing of this room; only {@code …Command} types
 * do.
 */
@NullMarked
package dev.sockbed.common.command;

import org.jspecify.annotations.NullMarked;
