/** Echo servers of ours in a process of their own, for what is measured from outside. */
@NullMarked
package dev.sockbed.bench.serve;

import org.jspecify.annotations.NullMarked;
