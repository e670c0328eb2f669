package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Verdict;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A check's findings in the form that build servers read: a test case for each case. A missed
 * SHOULD is no failure; it stands in the suite's output. The form is the strict one of Ant's report
 * task, which Jenkins reads, too.
 */
public final class JUnitXml {
  /** The strict schema takes neither fractions of a second nor a time zone: it is UTC. */
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A name of the machine is nobody's business who gets the file. */
  private static final String HOST = "localhost";

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
    long failures = report.cases().stream().filter(each -> failure(each) != null).count();
    long durationNs = report.cases().stream().mapToLong(CaseResult::durationNs).sum();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", printable("sockbed check: " + report.subject().name()));
    xml.writeAttribute("tests", String.valueOf(report.cases().size()));
    xml.writeAttribute("failures", String.valueOf(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", String.valueOf(skipped));
    xml.writeAttribute("timestamp", SECOND.format(report.startedAt()));
    xml.writeAttribute("hostname", HOST);
    xml.writeAttribute("time", seconds(durationNs));
    xml.writeEmptyElement("properties");
    for (CaseResult result : report.cases()) {
      xml.writeCharacters("\n  ");
      testCase(result, xml);
    }
    xml.writeCharacters("\n  ");
    xml.writeStartElement("system-out");
    xml.writeCharacters(remarks(report));
    xml.writeEndElement();
    xml.writeEmptyElement("system-err");
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  /** Why a case counts as failed: by what was sent, or by how its connection ended; null if not. */
  private static @Nullable String failure(CaseResult result) {
    String why = result.why();
    if (result.verdict() == Verdict.FAIL) {
      return why == null ? "" : why;
    }
    Closing closing = result.closing();
    return closing != null && closing.verdict() == Verdict.FAIL ? "close: " + closing.how() : null;
  }

  private static void testCase(CaseResult result, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", result.rule().replace('/', '.'));
    xml.writeAttribute("name", result.id());
    xml.writeAttribute("time", seconds(result.durationNs()));
    String failure = failure(result);
    if (failure != null) {
      xml.writeStartElement("failure");
      xml.writeAttribute(
          "type", result.verdict() == Verdict.FAIL ? result.level().name() : "close");
      xml.writeAttribute("message", printable(failure));
      xml.writeCharacters(details(result));
      xml.writeEndElement();
    } else if (result.verdict() == Verdict.SKIPPED || result.verdict() == Verdict.INCONCLUSIVE) {
      String why = printable(Objects.requireNonNullElse(result.why(), ""));
      xml.writeEmptyElement("skipped");
      xml.writeAttribute("message", result.verdict().label() + ": " + why);
    }
    xml.writeEndElement();
  }

  /** What is no failure, and worth a line: the strict schema has room for that behind all cases. */
  private static String remarks(CheckReport report) {
    return report.cases().stream()
        .filter(result -> result.verdict() == Verdict.NON_STRICT)
        .map(result ->
            "%s NON-STRICT: %s\n%s"
                .formatted(
                    printable(result.id()),
                    printable(Objects.requireNonNullElse(result.why(), "")),
                    details(result)))
        .collect(Collectors.joining("\n"));
  }

  private static String details(CaseResult result) {
    return Stream.of(
            result.sentence(),
            result.expected() == null ? "" : "expected " + result.expected(),
            result.received() == null ? "" : "received " + result.received(),
            Hints.of(result).map(hint -> "hint: " + hint).orElse(""))
        .filter(line -> !line.isEmpty())
        .map(JUnitXml::printable)
        .collect(Collectors.joining("\n"));
  }

  /** XML 1.0 has no control characters, lone surrogates or non-characters, not even escaped. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF&&[^\\n\\t]]", "?");
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }
}
