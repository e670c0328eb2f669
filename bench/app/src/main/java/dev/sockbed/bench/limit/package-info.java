/**
 * What a run has to reach, so that a build server can tell a bad one by its exit status: limits
 * that a user gives as flags, and which of them were not kept.
 *
 * <p>Values only; nothing here measures, waits or writes.
 */
@NullMarked
package dev.sockbed.bench.limit;

import org.jspecify.annotations.NullMarked;
