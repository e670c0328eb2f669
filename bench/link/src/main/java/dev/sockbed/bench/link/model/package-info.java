/**
 * What an emulated link does to packets, decided without a clock, a thread or a socket: {@link
 * dev.sockbed.bench.link.model.LinkModel} is told when a packet came and how long it is, and tells
 * its {@link dev.sockbed.bench.link.model.Fate}. The same seed and the same packets give the same
 * fates.
 *
 * <p>A {@link dev.sockbed.bench.link.model.LinkSpec} has the two directions' properties, {@link
 * dev.sockbed.bench.link.model.OneWay} each; a {@link dev.sockbed.bench.link.model.Timeline}
 * changes them while time goes on. A model is for one thread at a time, counters may be read by
 * any.
 */
@NullMarked
package dev.sockbed.bench.link.model;

import org.jspecify.annotations.NullMarked;
