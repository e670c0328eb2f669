/**
 * What the tests of every module share: programs to talk to, and a look for what was left behind.
 */
@NullMarked
package dev.sockbed.common.testing;

import org.jspecify.annotations.NullMarked;
