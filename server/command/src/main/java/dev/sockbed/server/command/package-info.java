/**
 * The command {@code serve}: opens the servers that were asked for, prints where they listen and
 * within which limits, and waits until it is told to end; then it stops them within their bound and
 * prints what they counted.
 */
@NullMarked
package dev.sockbed.server.command;

import org.jspecify.annotations.NullMarked;
