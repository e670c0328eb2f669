package dev.sockbed.bench.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as a JSON file: one cell a line, so that files can be searched and compared as text.
 *
 * <p>A file that is read may come from anywhere. It is bounded in size and depth, each value must
 * have its type, a key may be missing only where null is allowed, each histogram must be whole, and
 * keys that this build does not know are passed over.
 */
public final class ResultsFile {
  /** Far more than the fullest comparison writes. */
  private static final long LARGEST_FILE = 256L << 20;

  /** Of the fullest histograms it would be some 9,000: more than the fullest comparison has. */
  private static final long MOST_DECODED_BYTES = 4L << 30;

  private static final Pattern SCHEMA = Pattern.compile("sockbed/(compare|load)/(\\d{1,9})");

  private static final int NEWEST = 1;

  private ResultsFile() {}

  /**
   * Any record, or map with names as keys, as the tree that {@link Results} holds as environment or
   * configuration.
   */
  public static ObjectNode tree(Object value) {
    return ResultsJson.MAPPER.valueToTree(value);
  }

  /** The JSON text of results, ended by a line feed. */
  public static String toJson(Results results) {
    return json(results);
  }

  /** The JSON text of any record, written as results are, ended by a line feed. */
  public static String json(Object value) {
    return ResultsJson.FILES.writeValueAsString(value) + "\n";
  }

  /** The JSON text of one cell, in one line without its end. */
  public static String toJsonLine(Cell cell) {
    return ResultsJson.MAPPER.writeValueAsString(cell);
  }

  /**
   * Reads a cell from what {@link #toJsonLine} wrote.
   *
   * @throws IOException if that is no cell
   */
  public static Cell cell(String line) throws IOException {
    try {
      return ResultsJson.MAPPER.readValue(line, Cell.class);
    } catch (JacksonException e) {
      throw new IOException("not a measurement: " + ResultsJson.reason(e), e);
    }
  }

  /**
   * Writes results to a stream, which stays open.
   *
   * @throws IOException if the stream fails
   */
  public static void write(Results results, OutputStream to) throws IOException {
    try {
      to.write(toJson(results).getBytes(StandardCharsets.UTF_8));
      to.flush();
    } catch (JacksonException e) {
      throw new IOException(e);
    }
  }

  /**
   * Reads results.
   *
   * @throws BrokenResultsException if the file cannot be read, is not one of ours, is of a newer
   *     form, or is broken
   */
  public static Results read(Path file) throws BrokenResultsException {
    ObjectNode tree = parse(file);
    checkSchema(file, tree);
    Results results;
    try {
      results = ResultsJson.MAPPER.treeToValue(tree, Results.class);
    } catch (JacksonException e) {
      throw broken(file, ResultsJson.place(e), ResultsJson.reason(e));
    }
    checkHistograms(file, results.cells());
    return results;
  }

  /**
   * Reads another job's file into its record, as strictly.
   *
   * @param schema the only form that is taken, as in {@code sockbed/check/1}
   * @throws BrokenResultsException if the file cannot be read, is of another form, or is broken
   */
  public static <T> T read(Path file, String schema, Class<T> type) throws BrokenResultsException {
    ObjectNode tree = parse(file);
    JsonNode found = tree.path("schema");
    String name = found.isString() ? found.stringValue() : "";
    if (!name.equals(schema)) {
      if (name.matches(Pattern.quote(schema.substring(0, schema.lastIndexOf('/') + 1)) + "\\d+")) {
        throw ofAnotherBuild(file, name, schema);
      }
      throw new BrokenResultsException(
          "%s is not a file of the form %s: its schema is %s"
              .formatted(file, schema, clip(found.toString())));
    }
    try {
      return ResultsJson.MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw broken(file, ResultsJson.place(e), ResultsJson.reason(e));
    }
  }

  private static ObjectNode parse(Path file) throws BrokenResultsException {
    JsonNode tree;
    try {
      if (Files.isDirectory(file)) {
        throw new BrokenResultsException(file + " is a directory, not a file of results");
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        // It might never end, or never begin.
        throw new BrokenResultsException(file + " is a device or a pipe, not a file of results");
      }
      if (Files.size(file) > LARGEST_FILE) {
        throw new BrokenResultsException(
            file + " is larger than any file of results (" + (LARGEST_FILE >> 20) + " MiB)");
      }
      tree = ResultsJson.MAPPER.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new BrokenResultsException(file + " does not exist");
    } catch (AccessDeniedException e) {
      throw new BrokenResultsException(file + " may not be read");
    } catch (IOException e) {
      throw new BrokenResultsException(file + " cannot be read: " + e.getMessage());
    } catch (JacksonException e) {
      throw broken(file, ResultsJson.line(e), ResultsJson.reason(e));
    }
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new BrokenResultsException(file + " does not hold sockbed's results");
  }

  private static void checkSchema(Path file, ObjectNode tree) throws BrokenResultsException {
    JsonNode schema = tree.path("schema");
    Matcher matcher = SCHEMA.matcher(schema.isString() ? schema.stringValue() : "");
    if (!matcher.matches()) {
      throw new BrokenResultsException(
          file + " does not hold sockbed's results: its schema is " + clip(schema.toString()));
    }
    if (Integer.parseInt(matcher.group(2)) != NEWEST) {
      String ours = "sockbed/" + matcher.group(1) + "/" + NEWEST;
      throw ofAnotherBuild(file, schema.stringValue(), ours);
    }
  }

  private static BrokenResultsException ofAnotherBuild(Path file, String form, String ours) {
    return new BrokenResultsException(
        "%s has the form %s, and this build reads %s: use the build that wrote it, or a newer one"
            .formatted(file, clip(form), ours));
  }

  /** First by their headers: few bytes can ask for much memory, and much time to clear it. */
  private static void checkHistograms(Path file, List<Cell> cells) throws BrokenResultsException {
    long bytes = 0;
    for (int i = 0; i < cells.size(); i++) {
      for (Place place : places(cells, i)) {
        bytes += of(file, place, Histograms::decodedBytes);
        if (bytes > MOST_DECODED_BYTES) {
          throw broken(
              file,
              place.name(),
              "the histograms up to here would take more than %d MiB"
                  .formatted(MOST_DECODED_BYTES >> 20));
        }
      }
    }
    for (int i = 0; i < cells.size(); i++) {
      for (Place place : places(cells, i)) {
        of(file, place, Histograms::decode);
      }
    }
  }

  /** One of a file's histograms. */
  private record Place(String name, String histogram) {}

  private static List<Place> places(List<Cell> cells, int i) {
    List<Place> places = new ArrayList<>();
    String histogram = cells.get(i).histogram();
    if (histogram != null) {
      places.add(new Place("cells[" + i + "].histogram", histogram));
    }
    String response = cells.get(i).responseHistogram();
    if (response != null) {
      places.add(new Place("cells[" + i + "].responseHistogram", response));
    }
    return places;
  }

  private static <T> T of(Path file, Place place, Function<String, T> question)
      throws BrokenResultsException {
    try {
      return question.apply(place.histogram());
    } catch (IllegalArgumentException e) {
      throw broken(file, place.name(), "not a whole histogram");
    }
  }

  private static BrokenResultsException broken(Path file, String place, String reason) {
    return new BrokenResultsException(file + " is broken at " + place + ": " + reason);
  }

  private static String clip(String text) {
    String shown = text.isEmpty() ? "missing" : text;
    return shown.length() <= 60 ? shown : shown.substring(0, 60) + "…";
  }
}
