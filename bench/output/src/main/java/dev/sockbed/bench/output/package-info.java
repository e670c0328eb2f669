/**
 * What commands print and write: colours that a terminal shows, a line of progress that takes
 * itself back, a file that is written whole or not at all, and text that becomes part of an HTML
 * page. Nothing here knows what the data means.
 *
 * <p>A {@code StatusLine} is written to by one thread; files are written by the caller's, which
 * waits for the disk.
 */
@NullMarked
package dev.sockbed.bench.output;

import org.jspecify.annotations.NullMarked;
