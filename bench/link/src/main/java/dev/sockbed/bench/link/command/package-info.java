/**
 * The command {@code link} and its flags, and {@code link shell}, which runs a program behind a
 * link.
 *
 * <p>The command's thread opens the links and waits until it is interrupted, or until the program
 * that it started has ended, whose exit status is then its own.
 */
@NullMarked
package dev.sockbed.bench.link.command;

import org.jspecify.annotations.NullMarked;
