/**
 * How many bytes of garbage a message leaves, on every way that one can take: {@code bench
 * --garbage}. Each {@link dev.sockbed.bench.garbage.GarbagePath} runs in a JVM of its own, and
 * JMH's profiler counts what all threads in it allocate, the server's too.
 *
 * <p>What is counted is an iteration in the middle of the exchanging: both ends were opened and
 * warmed up before. JMH closes them within its last iteration. A socket's closing leaves next to
 * nothing; a load's leaves its result. So a load is measured twice, and the first time counts, in
 * which it did nothing but send, receive, check and record. What JMH does around an iteration is in
 * it on every way.
 */
@NullMarked
package dev.sockbed.bench.garbage;

import org.jspecify.annotations.NullMarked;
