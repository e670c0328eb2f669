/**
 * The one room that calls the operating system without the JDK in between, through {@code
 * java.lang.foreign}: what Linux can do and the JDK has no call for. Everything works without this
 * room on other systems.
 */
@NullMarked
package dev.sockbed.common.linux;

import org.jspecify.annotations.NullMarked;
