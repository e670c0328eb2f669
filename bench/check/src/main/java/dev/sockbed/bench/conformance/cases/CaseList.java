package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Rule;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.common.Transport;
import java.util.ArrayList;
import java.util.List;

/** Collects the cases of one role and transport. */
final class CaseList<S extends Scene> {
  private final Protocol protocol;
  private final Role role;
  private final Transport transport;
  private final List<Case<S>> cases = new ArrayList<>();
  private Company company = Company.ALONE;

  CaseList(Protocol protocol, Role role, Transport transport) {
    this.protocol = protocol;
    this.role = role;
    this.transport = transport;
  }

  /** What may go on beside the cases that are added from now on. */
  CaseList<S> company(Company now) {
    company = now;
    return this;
  }

  /**
   * Adds a case.
   *
   * @param rule the sentence's ID
   * @param name the case's own, behind the sentence's
   * @param title what is done
   * @param steps what is done, one after the other
   */
  @SafeVarargs // The steps are only read.
  final void add(String rule, String name, String title, Step<S>... steps) {
    List<Step<S>> inOrder = new ArrayList<>();
    for (Step<S> step : steps) {
      inOrder.add(step);
    }
    add(rule, name, title, inOrder);
  }

  /** The same with its steps in a list. */
  void add(String rule, String name, String title, List<Step<S>> steps) {
    Rule sentence = protocol.rule(rule);
    cases.add(new Case<>(rule + "/" + name, sentence, role, transport, title, company, steps));
  }

  List<Case<S>> cases() {
    return List.copyOf(cases);
  }
}
