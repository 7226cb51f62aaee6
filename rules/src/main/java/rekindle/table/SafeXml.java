package rekindle.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.util.XMLHelper;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/** Reads XML of strangers: no document type, no entities, no look at any other place. */
final class SafeXml {
  private SafeXml() {}

  static void parse(byte[] xml, DefaultHandler handler) throws Refusal {
    try {
      parse(new ByteArrayInputStream(xml), handler);
    } catch (IOException e) {
      throw PackageScan.damaged();
    }
  }

  /**
   * Reads a part to its end.
   *
   * @throws Refusal what the handler refuses (as cause of its exception), a document type, or a
   *     part that is no well-formed XML
   */
  static void parse(InputStream xml, DefaultHandler handler) throws Refusal, IOException {
    try {
      XMLReader reader = XMLHelper.newXMLReader();
      reader.setContentHandler(handler);
      reader.setErrorHandler(handler);
      reader.setEntityResolver(
          (publicId, systemId) -> new InputSource(InputStream.nullInputStream()));
      reader.parse(new InputSource(xml));
    } catch (SAXException e) {
      if (e.getException() instanceof Refusal refusal) {
        throw refusal;
      }
      String message = String.valueOf(e.getMessage()).toUpperCase(Locale.ROOT);
      throw message.contains("DOCTYPE")
          ? new Refusal(
              FindingCodes.DOCTYPE,
              "the file holds a document type or entities, which no spreadsheet program writes;"
                  + " copy the rows into a new workbook")
          : PackageScan.damaged();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the XML parser cannot be made safe", e);
    }
  }
}
