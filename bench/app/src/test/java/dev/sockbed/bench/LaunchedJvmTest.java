package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real JVM makes of what the launcher gives it, with a small program for sockbed's jar. */
@Tag("process")
final class LaunchedJvmTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "de_DE", "tr_TR", "ar_EG", "C.UTF-8"})
  void namesOutsideAsciiAreReadAndWrittenInAnyLocale(String locale) throws Exception {
    LaunchedCheckout.Run run = run("gäste 中", locale, "ergebnis-ü.json");

    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.output()).isEqualTo("wrote ergebnis-ü.json, 12 µs\n");
    assertThat(folder.resolve("ergebnis-ü.json")).hasContent("ergebnis-ü.json");
  }

  @Test
  void theJvmSaysNothingOfItsOwn() throws Exception {
    LaunchedCheckout.Run run = run("plain", "C", "result.json");

    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).isEqualTo("wrote result.json, 12 µs\n");
  }

  private LaunchedCheckout.Run run(String name, String locale, String argument) throws Exception {
    LaunchedCheckout checkout = LaunchedCheckout.in(folder, name);
    Path target = Files.createDirectories(checkout.path("bench/target"));
    writeJar(target.resolve("sockbed.jar"));
    Files.createFile(target.resolve("sockbed.built"));
    ProcessBuilder builder =
        checkout.underShell(List.of(), checkout.path("sockbed").toString(), argument);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", locale);
    return LaunchedCheckout.Run.of(builder.directory(folder.toFile()).start());
  }

  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
    String name = Program.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream classes = new JarOutputStream(file, manifest);
        InputStream program = Program.class.getClassLoader().getResourceAsStream(name)) {
      classes.putNextEntry(new JarEntry(name));
      Objects.requireNonNull(program, name).transferTo(classes);
      classes.closeEntry();
    }
  }

  /** Writes a file whose content is its name. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws IOException {
      if (arguments[0].equals("--help")) {
        return; // The launcher's, for its cache of classes.
      }
      Files.writeString(Path.of(arguments[0]), arguments[0]);
      System.out.println("wrote " + arguments[0] + ", 12 µs");
    }
  }
}
