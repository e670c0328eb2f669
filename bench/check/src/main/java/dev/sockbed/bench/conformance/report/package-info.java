/**
 * What a check found, for people and programs: a table for the terminal, JSON, JUnit's XML, and a
 * page that sets many implementations side by side.
 *
 * <p>Nothing here waits or has threads. What the judged program sent is data: it is escaped in
 * whatever form it is shown.
 */
@NullMarked
package dev.sockbed.bench.conformance.report;

import org.jspecify.annotations.NullMarked;
