/**
 * Our exchanges beside the same ones in C: the floor, which only other system calls can go below.
 * The C loops are in {@code bench/floor} and are compiled where they run; both sides' ends are
 * processes, started anew for each trial, and take turns.
 */
@NullMarked
package dev.sockbed.bench.cfloor;

import org.jspecify.annotations.NullMarked;
