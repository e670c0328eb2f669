/** Servers whose behaviour a test chooses, and messages to send them. */
@NullMarked
package dev.sockbed.client.testing;

import org.jspecify.annotations.NullMarked;
