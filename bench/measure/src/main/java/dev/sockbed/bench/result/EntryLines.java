package dev.sockbed.bench.result;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.Instantiatable;

/**
 * Lays JSON out so that text tools can work on it: a line for each top-level key, and for each
 * element of a top-level list; what lies deeper stays in its line.
 */
final class EntryLines implements PrettyPrinter, Instantiatable<EntryLines> {
  private static final int TOP_LEVEL_OBJECT = 1;
  private static final int TOP_LEVEL_LIST = 2;

  private int depth;

  @Override
  public EntryLines createInstance() {
    return new EntryLines();
  }

  @Override
  public void writeRootValueSeparator(JsonGenerator generator) {
    generator.writeRaw('\n');
  }

  @Override
  public void writeStartObject(JsonGenerator generator) {
    generator.writeRaw('{');
    depth++;
  }

  @Override
  public void beforeObjectEntries(JsonGenerator generator) {
    breakLine(generator, depth <= TOP_LEVEL_OBJECT, depth);
  }

  @Override
  public void writeObjectNameValueSeparator(JsonGenerator generator) {
    generator.writeRaw(": ");
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator generator) {
    generator.writeRaw(',');
    separate(generator, depth <= TOP_LEVEL_OBJECT);
  }

  @Override
  public void writeEndObject(JsonGenerator generator, int entries) {
    breakLine(generator, entries > 0 && depth <= TOP_LEVEL_OBJECT, depth - 1);
    depth--;
    generator.writeRaw('}');
  }

  @Override
  public void writeStartArray(JsonGenerator generator) {
    generator.writeRaw('[');
    depth++;
  }

  @Override
  public void beforeArrayValues(JsonGenerator generator) {
    breakLine(generator, depth <= TOP_LEVEL_LIST, depth);
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator generator) {
    generator.writeRaw(',');
    separate(generator, depth <= TOP_LEVEL_LIST);
  }

  @Override
  public void writeEndArray(JsonGenerator generator, int values) {
    breakLine(generator, values > 0 && depth <= TOP_LEVEL_LIST, depth - 1);
    depth--;
    generator.writeRaw(']');
  }

  private void separate(JsonGenerator generator, boolean byLine) {
    if (!byLine) {
      generator.writeRaw(' ');
    }
    breakLine(generator, byLine, depth);
  }

  private static void breakLine(JsonGenerator generator, boolean wanted, int indent) {
    if (wanted) {
      generator.writeRaw("\n" + "  ".repeat(indent));
    }
  }
}
