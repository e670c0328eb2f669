package dev.sockbed.common.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The threads of a process as Linux lists them. */
public final class ProcessThreads {
  private static final String PROCESSORS = "Cpus_allowed_list:";

  private ProcessThreads() {}

  /**
   * Where the threads of a process may run, a text such as {@code 0-3} for each. A thread that ends
   * in between is left out.
   *
   * @param name of the threads that are asked for, of which the system knows 15 characters
   */
  public static List<String> processors(ProcessHandle process, Predicate<String> name)
      throws IOException {
    List<String> found = new ArrayList<>();
    Path tasks = Path.of("/proc", String.valueOf(process.pid()), "task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        try {
          if (name.test(Files.readString(thread.resolve("comm")).strip())) {
            found.add(processors(thread));
          }
        } catch (IOException e) {
          if (Files.exists(thread)) {
            throw e;
          }
        }
      }
    }
    return found;
  }

  private static String processors(Path thread) throws IOException {
    return Files.readAllLines(thread.resolve("status")).stream()
        .filter(line -> line.startsWith(PROCESSORS))
        .map(line -> line.substring(PROCESSORS.length()).strip())
        .findFirst()
        .orElseThrow();
  }
}
