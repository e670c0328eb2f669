package dev.sockbed.server.assistant;

/**
 * How far a file is.
 *
 * @param name the file's
 * @param sentBytes bytes sent so far, over all peers
 * @param totalBytes bytes to send, over all peers
 * @param peersLeft peers that do not have all of it yet
 */
public record FileProgress(String name, long sentBytes, long totalBytes, int peersLeft) {}
