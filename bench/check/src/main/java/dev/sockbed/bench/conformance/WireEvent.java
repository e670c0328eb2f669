package dev.sockbed.bench.conformance;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened on the wire, as the checker saw it.
 *
 * @param atNs nanoseconds since the case began
 * @param who which of the checker's sockets, as in {@code A}
 * @param what as in {@code sent}, {@code received}, {@code closed}
 * @param bytes how many, or 0
 * @param hex the first of them, or null
 */
public record WireEvent(long atNs, String who, String what, int bytes, @Nullable String hex) {}
