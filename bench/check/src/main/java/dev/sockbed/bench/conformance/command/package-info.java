/**
 * {@code check}: judges a server, a client, or sets reports side by side.
 *
 * <p>The command's thread prints what a case found as it ends; the cases run in threads of the
 * runner. An interrupt ends the cases, the programs that they started, and the command, which then
 * tells what it has.
 */
@NullMarked
package dev.sockbed.bench.conformance.command;

import org.jspecify.annotations.NullMarked;
