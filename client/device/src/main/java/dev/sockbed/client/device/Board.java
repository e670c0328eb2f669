package dev.sockbed.client.device;

import java.util.function.Consumer;

/**
 * What the program runs on.
 *
 * @param link the network link: the lesson's {@code wlan}
 * @param light the status light: the lesson's {@code led}
 * @param time the clock: the lesson's {@code time}
 * @param screen where received bytes go: the lesson's {@code print(text)}
 * @param console where the program says, line by line, what it does
 */
public record Board(
    NetworkLink link, StatusLight light, BoardTime time, Screen screen, Consumer<String> console) {}
