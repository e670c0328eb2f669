/** The servers on the command line. */
@NullMarked
package dev.sockbed.server.command;

import org.jspecify.annotations.NullMarked;
