/**
 * The board's program, on the machine at hand: join a network, greet a network assistant, answer
 * whatever it sends.
 *
 * <p>{@link dev.sockbed.client.device.BoardProgram} is the lesson's program, to be read side by
 * side with it. What the program needs of its board is a {@link dev.sockbed.client.device.Board}: a
 * network link, a status light, a clock, a screen and a console.
 *
 * <h2>Threads</h2>
 *
 * A program runs on one thread, and the board's parts are used by that thread only. Interrupting
 * the thread ends the program at once, whether it pauses, waits for the link or waits in a socket
 * call. Over UDP the profile {@code rp2} has a second thread, which plays the stack's queue and
 * ends when the program closes the socket.
 *
 * <h2>Bytes</h2>
 *
 * What is received is not decoded: a character that the receive limit cut in two goes out, and
 * back, as the bytes that it was. Only the lesson's first program decodes, and dies of such a one.
 */
@NullMarked
package dev.sockbed.client.device;

import org.jspecify.annotations.NullMarked;
