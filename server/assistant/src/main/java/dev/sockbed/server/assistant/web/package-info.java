/**
 * The assistant's page: files, a stream of events, and commands, served over HTTP on loopback.
 *
 * <p>Who may use it: whoever has the token, which is made anew for each run, stands in the opened
 * address after the {@code #}, and so is never sent by the browser but in our own header. The
 * header, checks of Host and Origin, and a content security policy without inline scripts keep
 * other pages in the same browser out. What peers sent is set as text, never as markup.
 *
 * <p>What is bounded: connections, viewers, header and body sizes, the time a request and a
 * response may take. A viewer's events are not queued: it reads the transcript from where it is,
 * and if it is too slow it misses rows, and is told.
 */
@NullMarked
package dev.sockbed.server.assistant.web;

import org.jspecify.annotations.NullMarked;
