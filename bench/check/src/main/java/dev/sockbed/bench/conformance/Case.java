package dev.sockbed.bench.conformance;

import dev.sockbed.common.Transport;
import java.util.List;

/**
 * One test of one sentence.
 *
 * @param id the sentence's ID and a name, as in {@code echo/tcp/1.1/all-values}
 * @param rule the sentence
 * @param role which end is judged
 * @param transport over which it is run
 * @param title what is done, in a few words
 * @param company what else may go on meanwhile
 * @param steps what is done, one after the other
 * @param <S> what the steps work with
 */
public record Case<S extends Scene>(
    String id,
    Rule rule,
    Role role,
    Transport transport,
    String title,
    Company company,
    List<Step<S>> steps) {

  /** Keeps a copy of the steps. */
  public Case {
    steps = List.copyOf(steps);
  }
}
