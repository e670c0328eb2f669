package dev.sockbed.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockbed.common.testing.Checkout;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The launcher in a checkout of its own, with a JDK and a Maven that are small scripts, so that
 * what it calls can be seen.
 *
 * @param folder that holds the checkout and all programs that the launcher can find
 * @param root of the checkout
 */
record LaunchedCheckout(Path folder, Path root) {
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "env",
          "find",
          "head",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sh",
          "sleep",
          "touch");

  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");

  /** A {@code java} that prints its arguments, but where it is to cache classes. */
  static final String ECHO_ARGUMENTS =
      """
      #!/bin/sh
      case "$*" in *AOTCacheOutput*) exit 0 ;; esac
      for argument in "$@"; do echo "argument: $argument"; done
      """;

  /** The flags of the JVM, in a checkout. */
  static final String FLAGS = "common/core/src/main/resources/dev/sockbed/common/linux/jvm.args";

  static final String BUILDING_MAVEN =
      """
      #!/bin/sh
      echo "built with JAVA_HOME=$JAVA_HOME" >> "$CHECKOUT/maven.calls"
      mkdir -p "$CHECKOUT/bench/target" && touch "$CHECKOUT/bench/target/sockbed.jar"
      """;

  /** How a launcher ended and what it printed. */
  record Run(int status, String output, String errors) {
    static Run of(Process process) throws IOException, InterruptedException {
      // Small outputs, which the pipes hold: the order of reading does not matter.
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
      return new Run(process.waitFor(), output, errors);
    }
  }

  /** Lays one out, with Maven and without a JDK. */
  static LaunchedCheckout in(Path folder) throws IOException {
    return in(folder, "check out"); // A space, as people have.
  }

  /** The same in a folder of that name. */
  static LaunchedCheckout in(Path folder, String name) throws IOException {
    Path root = folder.resolve(name);
    Files.createDirectories(root.resolve("bench/app/src/main"));
    Files.createDirectories(root.resolve(FLAGS).getParent());
    Files.copy(Checkout.path(FLAGS), root.resolve(FLAGS));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.writeString(root.resolve("bench/app/pom.xml"), "<project/>");
    script(root.resolve("sockbed"), Files.readString(Checkout.path("sockbed")));
    LaunchedCheckout checkout = new LaunchedCheckout(folder, root);
    checkout.program("mvn", BUILDING_MAVEN);
    checkout.layOutTools();
    return checkout;
  }

  /** A file of the checkout. */
  Path path(String name) {
    return root.resolve(name);
  }

  /** Puts a program on the PATH. */
  void program(String name, String script) throws IOException {
    script(folder.resolve("bin").resolve(name), script);
  }

  /** A JDK whose {@code java} is that script. */
  Path jdk(String name, String version, String java) throws IOException {
    Path home = folder.resolve(name);
    script(home.resolve("bin/java"), java);
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /** What Maven was called with, a line each time. */
  String mavenCalls() throws IOException {
    return Files.readString(path("maven.calls"));
  }

  Run run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  Run run(Map<String, String> variables, String... arguments) throws Exception {
    return Run.of(start(variables, arguments));
  }

  /** The same by another name of the launcher. */
  Run runAs(Path launcher, String... arguments) throws Exception {
    return Run.of(start(launcher, Map.of(), arguments));
  }

  /** The same by a user who may do nothing special, whoever runs this. */
  Run runAsNobody(String... arguments) throws Exception {
    ProcessBuilder builder = launcher(path("sockbed"), Map.of(), arguments);
    if (System.getProperty("user.name").equals("root")) {
      Peer.require("setpriv");
      builder.command().addAll(0, AS_NOBODY);
    }
    return Run.of(builder.start());
  }

  /** The same in an environment that lacks a variable. */
  Run runWithout(String variable, String... arguments) throws Exception {
    ProcessBuilder builder = launcher(path("sockbed"), Map.of(), arguments);
    builder.environment().remove(variable);
    return Run.of(builder.start());
  }

  Process start(Map<String, String> variables, String... arguments) throws IOException {
    return start(path("sockbed"), variables, arguments);
  }

  private Process start(Path launcher, Map<String, String> variables, String... arguments)
      throws IOException {
    return launcher(launcher, variables, arguments).start();
  }

  /** What starts it, run by that shell instead of its own; its environment may still be changed. */
  ProcessBuilder underShell(List<String> shell, String launcher, String... arguments) {
    ProcessBuilder builder = launcher(path("sockbed"), Map.of(), arguments);
    builder.command().set(0, launcher);
    builder.command().addAll(0, shell);
    return builder;
  }

  private ProcessBuilder launcher(
      Path launcher, Map<String, String> variables, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SOCKBED_"));
    environment.remove("JAVA_HOME");
    environment.put("PATH", folder.resolve("bin") + ":" + folder.resolve("tools"));
    environment.put("HOME", folder.toString());
    environment.put("CHECKOUT", root.toString());
    environment.put("SOCKBED_JDK_PATH", folder.resolve("jdks").toString());
    environment.putAll(variables);
    return builder;
  }

  /** The few tools that the launcher calls, and no javac. */
  private void layOutTools() throws IOException {
    for (String tool : TOOLS) {
      Path found =
          Stream.of("/usr/bin", "/bin")
              .map(place -> Path.of(place, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      script(folder.resolve("tools").resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
    }
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
