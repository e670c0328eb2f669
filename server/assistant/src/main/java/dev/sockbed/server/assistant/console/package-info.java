/** The assistant in a terminal: commands with history and completion, rows as they come. */
@NullMarked
package dev.sockbed.server.assistant.console;

import org.jspecify.annotations.NullMarked;
