package dev.sockbed.server.assistant;

import java.time.Duration;

/**
 * How a repeated message is getting on.
 *
 * @param message what is sent
 * @param interval the time between two
 * @param times how often it was sent
 * @param missed how often it could not be: nobody was there, or nobody read
 */
public record RepeatProgress(Bytes message, Duration interval, long times, long missed) {}
