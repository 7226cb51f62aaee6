package rekindle.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.util.XMLHelper;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/** Reads XML of strangers: no document type, no entities, no look at any other place. */
final class SafeXml {
  /** Deeper than any part of a workbook; each level costs the parser memory. */
  private static final int DEPTH_MAX = 64;

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
      reader.setContentHandler(new DepthLimit(handler));
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

  /** Passes on what a part of ordinary depth holds. */
  private static final class DepthLimit extends DefaultHandler {
    private final DefaultHandler next;
    private int depth;

    DepthLimit(DefaultHandler next) {
      this.next = next;
    }

    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes)
        throws SAXException {
      if (++depth > DEPTH_MAX) {
        throw new SAXException(PackageScan.damaged());
      }
      next.startElement(uri, local, qualified, attributes);
    }

    @Override
    public void endElement(String uri, String local, String qualified) throws SAXException {
      depth--;
      next.endElement(uri, local, qualified);
    }

    @Override
    public void characters(char[] chars, int start, int length) throws SAXException {
      next.characters(chars, start, length);
    }
  }
}
