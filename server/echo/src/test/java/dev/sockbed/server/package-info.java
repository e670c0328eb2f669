@NullMarked
package dev.sockbed.server;

import org.jspecify.annotations.NullMarked;
