/**
 * What a check is made of: the sentences of {@code docs/protocol.md}, cases that test them, and
 * what came of each. The rooms below it have the peers that cases talk through, the cases, the
 * runner, the reports and the command.
 *
 * <p>A case is a value: it can be listed and read without running it. Its sentence is read from the
 * document, which the build puts into the jar, so the two can't disagree.
 *
 * <h2>Threads</h2>
 *
 * Everything here is immutable, but {@link dev.sockbed.bench.conformance.WireLog}, which many
 * threads write.
 */
@NullMarked
package dev.sockbed.bench.conformance;

import org.jspecify.annotations.NullMarked;
