/**
 * The control of a running link from outside: HTTP on a loopback address, with a token. The
 * server's own threads answer, four at a time; what they set holds for what the link takes from
 * then on, since {@link dev.sockbed.bench.link.model.Steering} may be changed by any thread.
 */
@NullMarked
package dev.sockbed.bench.link.control;

import org.jspecify.annotations.NullMarked;
