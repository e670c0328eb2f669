/**
 * One file from one end to the other, over a link or over loopback: how long it takes until its
 * last byte is there, as a stream or as datagrams that are acknowledged. Both ends are in this
 * process, so one clock tells. Each end has a thread of its own, a sender of datagrams a second one
 * for acknowledgements; all end when the sockets are closed, which a bound sees to.
 */
@NullMarked
package dev.sockbed.bench.link.transfer;

import org.jspecify.annotations.NullMarked;
