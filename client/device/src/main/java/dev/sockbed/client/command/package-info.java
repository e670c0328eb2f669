/**
 * The commands {@code talk} and {@code device}. A talk sends what standard input gives in one
 * thread and shows what arrives in another; the board's program has a thread of its own. An
 * interrupt ends them wherever they wait.
 */
@NullMarked
package dev.sockbed.client.command;

import org.jspecify.annotations.NullMarked;
