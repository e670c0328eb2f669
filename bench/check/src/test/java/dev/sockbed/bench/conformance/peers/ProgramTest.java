package dev.sockbed.bench.conformance.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.common.Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that don't end as they are asked to, print without end, or leave others behind. */
@Tag("process")
class ProgramTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Address SERVER = Address.parse("tcp://127.0.0.1:10000");
  private static final Pattern PROCESS = Pattern.compile("pid (\\d+)");

  @Test
  void aProgramIsToldWhereToConnectAndItsExitStatusAndLastLineAreKept() throws Exception {
    try (Subject.Running running = sh("echo one; echo {host} {port} {address}; exit 3")) {
      assertThat(running.awaitExit(PATIENCE)).isEqualTo(3);
      assertThat(running.lastWords()).isEqualTo("127.0.0.1 10000 tcp://127.0.0.1:10000");
    }
  }

  @Test
  void aProgramThatCouldBeStartedBeforeIsNotToBlame(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("client"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    Program program = Program.of(file.toString());
    program.start(SERVER).close();
    Files.delete(file);

    assertThatThrownBy(() -> program.start(SERVER))
        .isInstanceOfSatisfying(
            Undecided.class,
            undecided -> assertThat(undecided.verdict()).isEqualTo(CaseVerdict.INCONCLUSIVE))
        .hasMessageStartingWith(file + " can't be started: ");
  }

  @Test
  void aProgramThatIgnoresSignalsIsEnded() throws Exception {
    long pid;
    try (Subject.Running running =
        sh("trap '' TERM INT HUP; echo pid $$; while :; do sleep 1; done")) {
      pid = awaitPid(running);
      assertThat(running.awaitExit(Duration.ZERO)).isNull();
    }
    assertGone(pid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 600 & echo pid $!; wait",
        "sleep 600 & echo pid $!",
        "(trap '' HUP; sleep 600 >/dev/null 2>&1 & echo pid $!)",
        "echo pid $(setsid sh -c 'sleep 600 >/dev/null 2>&1 & echo $!')",
      })
  void whoeverAProgramStartedIsEndedWithItEvenIfItEndedBefore(String script) throws Exception {
    long pid;
    try (Subject.Running running = sh(script)) {
      pid = awaitPid(running);
      assertThat(isAlive(pid)).isTrue();
    }
    assertGone(pid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "tr '\\0' y < /dev/zero", "yes >&2"})
  void aProgramThatPrintsWithoutEndIsReadAndBounded(String script) throws Exception {
    try (Subject.Running running = sh("echo pid $$; exec " + script)) {
      await().atMost(PATIENCE).until(() -> running.lastWords().endsWith("y"));

      assertThat(running.lastWords().length()).isLessThan(250);
    }
  }

  @Test
  void anOrphanThatPrintsWithoutEndIsEnded(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pid");
    String endless = "(trap '' PIPE; while :; do echo y; done) 2>/dev/null";
    long pid;
    try (Subject.Running running = sh(endless + " & echo $! > " + file + "; exit 4")) {
      assertThat(running.awaitExit(PATIENCE)).isEqualTo(4);
      pid = Long.parseLong(Files.readString(file).strip());
      assertThat(isAlive(pid)).isTrue();
    }
    assertGone(pid);
  }

  @Test
  void theProcessorTimeOfWhomAProgramStartedCounts() throws Exception {
    try (Subject.Running running = sh("sh -c 'while :; do :; done' & wait")) {
      await()
          .atMost(PATIENCE)
          .until(() -> {
            ProcessorUse use = running.processorUse();
            return use != null && use.used().compareTo(Duration.ofMillis(50)) > 0;
          });
    }
  }

  private static Subject.Running sh(String script) throws Exception {
    return Program.of("sh -c \"" + script + "\"").start(SERVER);
  }

  private static long awaitPid(Subject.Running running) {
    await().atMost(PATIENCE).until(() -> PROCESS.matcher(running.lastWords()).find());
    Matcher matcher = PROCESS.matcher(running.lastWords());
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static void assertGone(long pid) {
    await().atMost(PATIENCE).until(() -> !isAlive(pid));
  }

  /** One that has ended, and that nobody has looked after yet, has no command any more. */
  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }
}
