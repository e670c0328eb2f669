/** {@code check}: judges a server, a client, or sets reports side by side. */
@NullMarked
package dev.sockbed.bench.conformance.command;

import org.jspecify.annotations.NullMarked;
