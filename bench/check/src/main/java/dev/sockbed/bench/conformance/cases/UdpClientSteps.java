package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a server, right or wrong, does to a UDP client.
 *
 * @see TcpClientSteps
 */
final class UdpClientSteps {
  /** No client sends so much in a check; one that answers its answers does. */
  private static final int MOST_DATAGRAMS = 20_000;

  /** A client whose end can't be seen is taken to have ended when nothing comes for so long. */
  private static final Duration SEEMS_ENDED = Duration.ofSeconds(2);

  private static final byte[] STRAY = {'n', 'o', 't', ' ', 'a', 's', 'k', 'e', 'd', 0};

  private UdpClientSteps() {}

  static Step<UdpClientScene> awaitFirst() {
    return new Step<>("the client sends a datagram", UdpClientScene::awaitFirst);
  }

  static Step<UdpClientScene> echoToSuccess() {
    return serveToSuccess(
        "every datagram goes back", (scene, came) -> reply(scene, came, came.bytes()));
  }

  static Step<UdpClientScene> echoTwiceToSuccess() {
    return serveToSuccess(
        "every datagram goes back twice",
        (scene, came) -> {
          reply(scene, came, came.bytes());
          reply(scene, came, came.bytes());
        });
  }

  static Step<UdpClientScene> silence() {
    return serve("nothing goes back", (_, _) -> {});
  }

  /** The right bytes from the wrong port, and nothing from the right one. */
  static Step<UdpClientScene> echoFromStranger() {
    return serve(
        "every datagram comes back from another port than it went to",
        (scene, came) -> scene.stranger().send(came.bytes(), came.from()));
  }

  /** Sends bytes to where a datagram came from. */
  static void reply(UdpClientScene scene, Datagram came, byte[] bytes) throws Violation {
    scene.peer().send(bytes, came.from());
  }

  /** Sends every datagram back until the client has ended, and returns them all. */
  static List<Datagram> echoAll(UdpClientScene scene) throws Violation, InterruptedException {
    return serveAll(scene, (there, came) -> reply(there, came, came.bytes()));
  }

  /** The same, but the first echoes are held back for a moment each. */
  static List<Datagram> echoAllHeldBack(UdpClientScene scene)
      throws Violation, InterruptedException {
    AtomicInteger echoed = new AtomicInteger();
    return serveAll(
        scene,
        (there, came) -> {
          if (echoed.incrementAndGet() <= ProbeStream.HELD_BACK) {
            Thread.sleep(ProbeStream.HOLD_BACK);
          }
          reply(there, came, came.bytes());
        });
  }

  /** Serves the first datagram and all that follow, until the client has ended. */
  static Step<UdpClientScene> serve(String text, Service service) {
    return new Step<>(text, scene -> serveAll(scene, service));
  }

  /** The same, and again if the client fails, which may be for a datagram that was lost. */
  private static Step<UdpClientScene> serveToSuccess(String text, Service service) {
    return new Step<>(
        text + "; the client ends with exit status 0",
        scene -> {
          long start = System.nanoTime();
          for (int starts = 1; ; starts++) {
            serveAll(scene, service);
            int status = ClientSteps.exitStatus(scene, scene.limits().patience());
            if (status == 0) {
              doubtIfItFailed(scene, starts - 1);
              return;
            }
            if (isEnough(scene, starts, start)) {
              String what =
                  "started %d times, it ended with exit status %d".formatted(starts, status);
              throwDoubt(scene, what);
              throw Violation.late(what + ClientSteps.words(scene), ClientSteps.SHORTEST_TIMEOUT);
            }
            scene.startAgain();
            scene.awaitFirst();
          }
        });
  }

  /** Where nothing else was lost it may be one that is not always right. */
  private static void doubtIfItFailed(UdpClientScene scene, int times) throws Undecided {
    if (times > 0 && scene.allStarts().doubt() == null) {
      throw Undecided.inconclusive(
          "it failed %d times before it succeeded: what was sent may have been lost, or it is not"
                  .formatted(times)
              + " right each time");
    }
  }

  private static boolean isEnough(UdpClientScene scene, int starts, long startNanos) {
    return starts == UdpClientScene.MOST_STARTS
        || System.nanoTime() - startNanos >= scene.limits().patience().toNanos();
  }

  private static void throwDoubt(UdpClientScene scene, String what) throws Undecided {
    String doubt = scene.allStarts().doubt();
    if (doubt != null) {
      throw Undecided.inconclusive(what + ", but " + doubt);
    }
  }

  /** The same at once, and gives what came. */
  static List<Datagram> serveAll(UdpClientScene scene, Service service)
      throws Violation, InterruptedException {
    List<Datagram> all = new ArrayList<>();
    long deadline = System.nanoTime() + ClientSteps.LONGEST_TIMEOUT.toNanos();
    Datagram came = scene.first();
    while (true) {
      all.add(came);
      if (all.size() > MOST_DATAGRAMS) {
        throw Violation.of(
            "it sent more than %d datagrams, as if it answered what it receives"
                .formatted(MOST_DATAGRAMS));
      }
      service.serve(scene, came);
      Datagram next = next(scene, deadline);
      if (next == null) {
        return all;
      }
      came = next;
    }
  }

  /** The next datagram, or null when the client has ended. */
  private static @Nullable Datagram next(UdpClientScene scene, long deadline)
      throws InterruptedException {
    return scene.receiveWhileItRuns(
        scene.subject().endsVisibly()
            ? Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))
            : SEEMS_ENDED);
  }

  /** The first datagram counts as lost on the way, and all others go back. */
  static Step<UdpClientScene> loseFirst() {
    return new Step<>(
        "the first datagram is lost, all others go back; the client fails or sends it again",
        scene -> {
          byte[] lost = scene.first().bytes();
          List<Datagram> all =
              serveAll(
                  scene,
                  (there, came) -> {
                    if (came != there.first()) {
                      reply(there, came, came.bytes());
                    }
                  });
          long sent =
              all.stream()
                  .filter(each -> Arrays.equals(each.bytes(), lost))
                  .filter(each -> !scene.isOfAnotherStart(each))
                  .count();
          Integer status = scene.running().awaitExit(scene.limits().patience());
          if (status == null) {
            throw Violation.late("it still runs", scene.limits().patience());
          }
          if (status == 0 && sent < 2) {
            if (all.stream().anyMatch(scene::isOfAnotherStart)) {
              throw Undecided.inconclusive(
                  "the datagram that was lost may be that of an earlier start, which came late");
            }
            throw Violation.of(
                "it ended with exit status 0, and one datagram, sent once, never came back");
          }
        });
  }

  /** Sends what nobody asked for, and looks whether any of it comes back. */
  static Step<UdpClientScene> sendStray() {
    return new Step<>(
        "a datagram that is no echo goes to the client, and does not come back",
        scene -> {
          scene.peer().send(STRAY, scene.first().from());
          serveAll(
              scene,
              (there, came) -> {
                if (contains(came.bytes(), STRAY)) {
                  throw Violation.of(
                      "it sent back what it had received", new byte[0], came.bytes());
                }
                reply(there, came, came.bytes());
              });
        });
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int at = 0; at + part.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  static Step<UdpClientScene> expectLongest(int bytes) {
    return new Step<>(
        "one of the client's datagrams has at least " + bytes + " bytes",
        scene -> {
          long start = System.nanoTime();
          int longest = 0;
          for (int starts = 1; ; starts++) {
            for (Datagram came : echoAll(scene)) {
              longest = Math.max(longest, came.bytes().length);
            }
            if (longest >= bytes) {
              return;
            }
            if (!hasFailed(scene) || isEnough(scene, starts, start)) {
              break;
            }
            scene.startAgain();
            scene.awaitFirst();
          }
          String what = "its longest datagram has %,d bytes".formatted(longest);
          throwDoubt(scene, what);
          throw Violation.of(what);
        });
  }

  /** Whether it ended early, which may be for a datagram that was lost. */
  private static boolean hasFailed(UdpClientScene scene) throws InterruptedException {
    Integer status = scene.running().awaitExit(Duration.ZERO);
    return status != null && status != 0;
  }

  /** What a server does about one datagram. */
  @FunctionalInterface
  interface Service {
    /** Answers it, or not. */
    void serve(UdpClientScene scene, Datagram came) throws Violation, InterruptedException;
  }
}
