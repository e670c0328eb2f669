/**
 * What was found over emulated links: the cells of one link side by side, and links that differ in
 * loss and delay as a table. Both the sentences of a comparison and its report are made from this.
 *
 * <p>Everything here is an immutable value, computed from the cells that it is given.
 */
@NullMarked
package dev.sockbed.bench.link.finding;

import org.jspecify.annotations.NullMarked;
