@NullMarked
package dev.sockbed.server.command;

import org.jspecify.annotations.NullMarked;
