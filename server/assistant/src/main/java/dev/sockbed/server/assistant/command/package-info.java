/**
 * The command {@code assistant}: opens a session and one view of it, the page, the console or a
 * script, and ends with it.
 */
@NullMarked
package dev.sockbed.server.assistant.command;

import org.jspecify.annotations.NullMarked;
