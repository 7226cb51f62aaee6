package rekindle.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The shared strings of a workbook, without phonetic hints and formats. */
final class SharedTexts extends DefaultHandler {
  /** As many characters as a cell can hold in Excel. */
  static final int LENGTH_MAX = 32_767;

  private final List<String> texts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean inText;
  private boolean inPhonetic;

  /** The text at an index; null if there is none. */
  @Nullable String at(int index) {
    return index >= 0 && index < texts.size() ? texts.get(index) : null;
  }

  @Override
  public void startElement(String uri, String local, String qualified, Attributes attributes) {
    switch (local) {
      case "si" -> text.setLength(0);
      case "rPh" -> inPhonetic = true;
      case "t" -> inText = !inPhonetic;
      default -> {}
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (inText && text.length() <= LENGTH_MAX) {
      text.append(chars, start, Math.min(length, LENGTH_MAX + 1 - text.length()));
    }
  }

  @Override
  public void endElement(String uri, String local, String qualified) throws SAXException {
    switch (local) {
      case "si" -> {
        if (texts.size() > 2 * XlsxFile.CELLS_MAX) {
          throw new SAXException(PackageScan.damaged());
        }
        texts.add(XmlEscapes.decode(text.toString()));
      }
      case "rPh" -> inPhonetic = false;
      case "t" -> inText = false;
      default -> {}
    }
  }
}
