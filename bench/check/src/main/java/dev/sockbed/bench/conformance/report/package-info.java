/**
 * What a check found, for people and programs: a table for the terminal, JSON, JUnit's XML, and a
 * page that sets many implementations side by side.
 */
@NullMarked
package dev.sockbed.bench.conformance.report;

import org.jspecify.annotations.NullMarked;
