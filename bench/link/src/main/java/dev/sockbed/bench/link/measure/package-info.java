/**
 * What TCP, UDP and UDP with resends each do over the same emulated link: messages on a schedule,
 * each one's response time, new clients, and an outage. Both ends are in this process.
 */
@NullMarked
package dev.sockbed.bench.link.measure;

import org.jspecify.annotations.NullMarked;
