package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import java.time.Duration;

/** What cases do with a client's program, over either transport. */
final class ClientSteps {
  /** How long a client may wait for an echo, and a little more for it to start and to end. */
  static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(12);

  /** The shortest timeout that a client may have; when it fails, it may be for that. */
  static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(2);

  private ClientSteps() {}

  /** Must be first: there is no use in waiting for a client whose end can't be seen. */
  static <S extends ClientScene> Step<S> needExitStatus() {
    return new Step<>(
        "the client's exit status can be seen",
        scene -> {
          if (!scene.subject().endsVisibly()) {
            throw Undecided.skipped("the exit status can't be seen without --run");
          }
        });
  }

  static <S extends ClientScene> Step<S> start() {
    return new Step<>("the client is started", ClientScene::start);
  }

  static <S extends ClientScene> Step<S> startAtDeadPort() {
    return new Step<>(
        "the client is started, with a port at which nothing listens",
        scene -> {
          if (!scene.subject().goesWhereItIsTold()) {
            throw Undecided.skipped(
                "--run has neither {port} nor {address}: it can't be sent to another port");
          }
          scene.startAtDeadPort();
        });
  }

  static <S extends ClientScene> Step<S> expectSuccess() {
    return new Step<>(
        "the client ends with exit status 0",
        scene -> {
          int status = exitStatus(scene, scene.limits().patience());
          if (status != 0) {
            throw Violation.late(
                "it ended with exit status " + status + words(scene), SHORTEST_TIMEOUT);
          }
        });
  }

  static <S extends ClientScene> Step<S> expectFailure(Duration within) {
    return new Step<>(
        "the client ends with another exit status than 0",
        scene -> {
          if (exitStatus(scene, within) == 0) {
            throw Violation.of("it ended with exit status 0, as if all was well" + words(scene));
          }
        });
  }

  static int exitStatus(ClientScene scene, Duration within) throws Violation, InterruptedException {
    Integer status = scene.running().awaitExit(within);
    if (status == null) {
      throw Violation.late("it still runs after " + within.toMillis() + " ms", within);
    }
    return status;
  }

  /** What it said itself. */
  static String words(ClientScene scene) {
    String words = scene.running().lastWords();
    return words.isEmpty() ? "" : "; it says: " + words;
  }
}
