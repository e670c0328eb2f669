/** What tests of several rooms share: a browser to look at pages with. */
@NullMarked
package dev.sockbed.bench.testing;

import org.jspecify.annotations.NullMarked;
