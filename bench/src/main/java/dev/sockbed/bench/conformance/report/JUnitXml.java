package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Verdict;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A check's findings in the form that build servers read: a test case for each case. A missed
 * SHOULD is no failure; it stands in the case's output.
 */
public final class JUnitXml {
  private JUnitXml() {}

  /** Renders a report. */
  public static String render(CheckReport report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      suite(report, xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing into memory does not fail", e);
    }
    return text.append("\n").toString();
  }

  private static void suite(CheckReport report, XMLStreamWriter xml) throws XMLStreamException {
    int skipped = report.count(Verdict.SKIPPED) + report.count(Verdict.INCONCLUSIVE);
    long durationNs = report.cases().stream().mapToLong(CaseResult::durationNs).sum();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", printable("sockbed check: " + report.subject().name()));
    xml.writeAttribute("tests", String.valueOf(report.cases().size()));
    xml.writeAttribute("failures", String.valueOf(report.count(Verdict.FAIL)));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", String.valueOf(skipped));
    xml.writeAttribute("timestamp", report.startedAt().toString());
    xml.writeAttribute("time", seconds(durationNs));
    for (CaseResult result : report.cases()) {
      xml.writeCharacters("\n  ");
      testCase(result, xml);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static void testCase(CaseResult result, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", result.rule().replace('/', '.'));
    xml.writeAttribute("name", result.id());
    xml.writeAttribute("time", seconds(result.durationNs()));
    String why = printable(Objects.requireNonNullElse(result.why(), ""));
    switch (result.verdict()) {
      case PASS -> {}
      case FAIL -> {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", why);
        xml.writeCharacters(details(result));
        xml.writeEndElement();
      }
      case SKIPPED, INCONCLUSIVE -> {
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", result.verdict().label() + ": " + why);
      }
      case NON_STRICT -> {
        xml.writeStartElement("system-out");
        xml.writeCharacters("NON-STRICT: " + why + "\n" + details(result));
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private static String details(CaseResult result) {
    return Stream.of(
            result.sentence(),
            result.expected() == null ? "" : "expected " + result.expected(),
            result.received() == null ? "" : "received " + result.received())
        .filter(line -> !line.isEmpty())
        .map(JUnitXml::printable)
        .collect(Collectors.joining("\n"));
  }

  /** XML 1.0 has no control characters, not even escaped. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }
}
