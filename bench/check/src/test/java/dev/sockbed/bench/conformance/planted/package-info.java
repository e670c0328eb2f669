/** Wrong servers and clients, each with one fault and the sentence that it breaks. */
@NullMarked
package dev.sockbed.bench.conformance.planted;

import org.jspecify.annotations.NullMarked;
