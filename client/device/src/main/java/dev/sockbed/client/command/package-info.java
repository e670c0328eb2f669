/** The client module's part of the command line. */
@NullMarked
package dev.sockbed.client.command;

import org.jspecify.annotations.NullMarked;
