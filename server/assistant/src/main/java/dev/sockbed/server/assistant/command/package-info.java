/** The assistant's command on the command line. */
@NullMarked
package dev.sockbed.server.assistant.command;

import org.jspecify.annotations.NullMarked;
