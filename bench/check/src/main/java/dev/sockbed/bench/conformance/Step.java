package dev.sockbed.bench.conformance;

/**
 * One step of a case.
 *
 * @param text what it does, in words
 * @param action what it does
 * @param <S> what it does that with
 */
public record Step<S extends Scene>(String text, Action<S> action) {

  /** What a step does. */
  @FunctionalInterface
  public interface Action<S extends Scene> {
    /**
     * Does it.
     *
     * @throws Violation if the sentence that is tested is not kept
     * @throws Undecided if it can't be told
     */
    void run(S scene) throws Violation, Undecided, InterruptedException;
  }
}
