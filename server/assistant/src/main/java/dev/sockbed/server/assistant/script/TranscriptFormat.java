package dev.sockbed.server.assistant.script;

/** How a transcript is written down. */
public enum TranscriptFormat {
  /** A line a row, for people; {@code 2026-01-31T12:00:00.123Z received 1 tcp://… 15 "Hello"}. */
  TEXT,
  /** A JSON object a line, the first of them {@code {"schema":"sockbed/transcript/1",…}}. */
  JSON
}
