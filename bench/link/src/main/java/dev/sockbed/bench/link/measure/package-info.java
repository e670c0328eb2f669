/**
 * What TCP, UDP and UDP with resends each do over the same emulated link: messages on a schedule,
 * each one's response time, new clients, and an outage. Both ends are in this process.
 *
 * <p>A measurement runs in the caller's thread, which sends; each way of sending has a thread that
 * receives. It takes as long as its schedule and the longest deadline after it. Trials during which
 * the link or the client was held up are told apart, and made again some times.
 */
@NullMarked
package dev.sockbed.bench.link.measure;

import org.jspecify.annotations.NullMarked;
