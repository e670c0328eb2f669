package dev.sockbed.bench.output;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Findings in the form that build servers read. The form is the strict one of Ant's report task,
 * which Jenkins reads, too. Whatever text the parts hold, it stays XML.
 *
 * @param name of all of it
 * @param startedAt when the work began
 * @param cases each of them passed, failed, or was skipped
 * @param remarks what is no failure, and worth a line; may be empty
 */
public record JUnitSuite(String name, Instant startedAt, List<Case> cases, String remarks) {
  /** The strict schema takes neither fractions of a second nor a time zone: it is UTC. */
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A name of the machine is nobody's business who gets the file. */
  private static final String HOST = "localhost";

  /** Copies the list. */
  public JUnitSuite {
    cases = List.copyOf(cases);
  }

  /**
   * One test case.
   *
   * @param className what it belongs to, with dots
   * @param durationNs how long it took, in nanoseconds; 0 where that says nothing
   */
  public record Case(String className, String name, long durationNs, Result result) {}

  /** What a case came to. */
  public sealed interface Result {}

  /** It is as it should be. */
  public record Passed() implements Result {}

  /**
   * It is not.
   *
   * @param type what kind of failure, in a word
   * @param message why, in a line
   * @param details more, or empty
   */
  public record Failed(String type, String message, String details) implements Result {}

  /** It can't be told. */
  public record Skipped(String message) implements Result {}

  /** The whole file. */
  public String render() {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      suite(xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing into memory does not fail", e);
    }
    return text.append("\n").toString();
  }

  private void suite(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", printable(name));
    xml.writeAttribute("tests", String.valueOf(cases.size()));
    xml.writeAttribute("failures", String.valueOf(count(Failed.class)));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", String.valueOf(count(Skipped.class)));
    xml.writeAttribute("timestamp", SECOND.format(startedAt));
    xml.writeAttribute("hostname", HOST);
    xml.writeAttribute("time", seconds(cases.stream().mapToLong(Case::durationNs).sum()));
    xml.writeEmptyElement("properties");
    for (Case each : cases) {
      xml.writeCharacters("\n  ");
      write(each, xml);
    }
    xml.writeCharacters("\n  ");
    xml.writeStartElement("system-out");
    xml.writeCharacters(printable(remarks));
    xml.writeEndElement();
    xml.writeEmptyElement("system-err");
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private long count(Class<? extends Result> kind) {
    return cases.stream().filter(each -> kind.isInstance(each.result())).count();
  }

  private static void write(Case each, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", printable(each.className()));
    xml.writeAttribute("name", printable(each.name()));
    xml.writeAttribute("time", seconds(each.durationNs()));
    switch (each.result()) {
      case Passed _ -> {}
      case Failed(String type, String message, String details) -> {
        xml.writeStartElement("failure");
        xml.writeAttribute("type", printable(type));
        xml.writeAttribute("message", printable(message));
        xml.writeCharacters(printable(details));
        xml.writeEndElement();
      }
      case Skipped(String message) -> {
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", printable(message));
      }
    }
    xml.writeEndElement();
  }

  /** XML 1.0 has no control characters, lone surrogates or non-characters, not even escaped. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF&&[^\\n\\t]]", "?");
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }
}
