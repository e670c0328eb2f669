/** The assistant as a person meets it: its page in a browser, its console in a terminal. */
@NullMarked
package dev.sockbed.bench.assistant;

import org.jspecify.annotations.NullMarked;
