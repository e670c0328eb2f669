/**
 * The one room that calls the operating system without the JDK in between, through {@code
 * java.lang.foreign}: what Linux can do and the JDK has no call for. Everything works without this
 * room on other systems.
 *
 * <p>A call here takes the descriptor of a socket that the JDK owns, and holds it while it lasts:
 * closing the socket meanwhile can't let it reach another's descriptor. Calls that may wait are
 * made by the socket's own thread, and end when the socket is closed. What a batch needs of native
 * memory is made once and freed at close; a call itself allocates nothing.
 */
@NullMarked
package dev.sockbed.common.linux;

import org.jspecify.annotations.NullMarked;
