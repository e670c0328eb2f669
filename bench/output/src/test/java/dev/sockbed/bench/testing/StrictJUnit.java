package dev.sockbed.bench.testing;

import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** JUnit's XML as the strictest of its readers take it. */
public final class StrictJUnit {
  private StrictJUnit() {}

  /**
   * Checks a file.
   *
   * @throws SAXException if it does not keep the schema
   */
  public static void validate(String xml) throws SAXException, IOException {
    Schema schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(StrictJUnit.class.getResource("junit-strict.xsd"));
    schema.newValidator().validate(new StreamSource(new StringReader(xml)));
  }
}
