/**
 * The assistant's command language, which the console reads a line at a time and scripts a file at
 * a time; waiting for what is expected; transcripts as files, and replaying them.
 *
 * <p>A script is read whole before its first line is run, by one thread. Every wait in it has a
 * bound, and an expression is matched in a time that grows with the text only.
 */
@NullMarked
package dev.sockbed.server.assistant.script;

import org.jspecify.annotations.NullMarked;
