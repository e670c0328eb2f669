/** The command line's root. Each room below has one subject and brings its own command. */
@NullMarked
package dev.sockbed.bench;

import org.jspecify.annotations.NullMarked;
