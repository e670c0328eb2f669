/**
 * The words that every part of sockbed says: which transport, which address, which limits, which
 * error.
 *
 * <p>Everything here is an immutable value and may be shared between threads. Nothing here opens a
 * socket (see {@link dev.sockbed.common.socket}), reads a command line or prints.
 */
@NullMarked
package dev.sockbed.common;

import org.jspecify.annotations.NullMarked;
