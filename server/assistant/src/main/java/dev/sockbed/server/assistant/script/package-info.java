/**
 * The assistant's command language, which the console reads a line at a time and scripts a file at
 * a time; waiting for what is expected; transcripts as files, and replaying them.
 */
@NullMarked
package dev.sockbed.server.assistant.script;

import org.jspecify.annotations.NullMarked;
