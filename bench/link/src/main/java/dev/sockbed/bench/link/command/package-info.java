/** The command {@code link} and its flags. */
@NullMarked
package dev.sockbed.bench.link.command;

import org.jspecify.annotations.NullMarked;
