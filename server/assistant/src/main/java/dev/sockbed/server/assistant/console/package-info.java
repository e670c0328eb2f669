/**
 * The assistant in a terminal: commands with history and completion, rows as they come. One thread
 * reads commands; rows are printed above the line that is being typed, by the thread that adds
 * them.
 */
@NullMarked
package dev.sockbed.server.assistant.console;

import org.jspecify.annotations.NullMarked;
