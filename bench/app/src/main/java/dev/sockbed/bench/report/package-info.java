/**
 * Results as people and programs read them: a table for the terminal, one offline HTML page, a line
 * of JSON for each cell as it is measured, and a log for HdrHistogram's own tools.
 *
 * <p>Nothing here measures or decides: what is shown was measured by {@code load} or {@code
 * compare}, and the sentences are the verdicts' own. Outputs do not depend on each other: one that
 * can't be written is told, and the others are written all the same. Lines are written by the
 * thread that measures, between two cells.
 */
@NullMarked
package dev.sockbed.bench.report;

import org.jspecify.annotations.NullMarked;
