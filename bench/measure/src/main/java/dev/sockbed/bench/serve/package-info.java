/** Commands of ours in a JVM of their own: servers that are measured from outside, and forks. */
@NullMarked
package dev.sockbed.bench.serve;

import org.jspecify.annotations.NullMarked;
