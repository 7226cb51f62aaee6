package rekindle.table;

import java.util.Locale;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Looks through the parts of a package for what a table may not hold. */
final class PackageParts {
  private static final String HYPERLINK = "/hyperlink";

  private PackageParts() {}

  /** Refuses a part by its name, in lower case, before it is unpacked. */
  static void checkName(String name) throws Refusal {
    if (name.contains("vbaproject") || name.startsWith("xl/macrosheets/")) {
      throw macro();
    }
    if (name.startsWith("xl/embeddings/") || name.startsWith("xl/activex/")) {
      throw embedded();
    }
    if (name.startsWith("xl/externallinks/") || name.equals("xl/connections.xml")) {
      throw externalLink();
    }
  }

  /** Refuses parts by their types and by what they point to. */
  static void check(Map<String, byte[]> parts) throws Refusal {
    for (var part : parts.entrySet()) {
      String name = part.getKey().toLowerCase(Locale.ROOT);
      if (name.equals(PackageScan.CONTENT_TYPES.toLowerCase(Locale.ROOT))) {
        checkContentTypes(part.getValue());
      } else if (name.endsWith(".rels")) {
        checkRelationships(name, part.getValue());
      }
    }
  }

  /** What a content type or relationship type forbids, by its name in lower case. */
  private static void checkType(String type) throws Refusal {
    if (type.contains("sheet.binary")) {
      throw new Refusal(
          FindingCodes.NOT_XLSX,
          "the file is a binary Excel workbook (.xlsb)" + PackageScan.SAVE_AS);
    }
    if (type.contains("macro") || type.contains("vbaproject")) {
      throw macro();
    }
    if (type.contains("oleobject")
        || type.contains("activex")
        || type.contains("ctrlprop")
        || type.endsWith("/package")
        || type.endsWith("/control")) {
      throw embedded();
    }
    if (type.contains("externallink") || type.contains("connections")) {
      throw externalLink();
    }
  }

  private static Refusal macro() {
    return new Refusal(
        FindingCodes.MACRO,
        "the file holds macros; save it as an Excel workbook (.xlsx) without them");
  }

  private static Refusal embedded() {
    return new Refusal(
        FindingCodes.EMBEDDED_OBJECT,
        "the file holds an embedded object or control; delete it, since tables hold cells only");
  }

  private static Refusal externalLink() {
    return new Refusal(
        FindingCodes.EXTERNAL_LINK,
        "the file refers to other files or data sources; break the links (Data, Edit links) and"
            + " write the values");
  }

  private static void checkContentTypes(byte[] part) throws Refusal {
    boolean[] spreadsheet = {false};
    SafeXml.parse(
        part,
        new RefusingHandler() {
          @Override
          void element(String name, Attributes attributes) throws Refusal {
            String type = attributes.getValue("ContentType");
            if (type != null) {
              checkType(type.toLowerCase(Locale.ROOT));
              spreadsheet[0] |= type.contains("spreadsheetml");
            }
          }
        });
    if (!spreadsheet[0]) {
      throw new Refusal(
          FindingCodes.NOT_XLSX,
          "the file is an Office document, but no Excel workbook" + PackageScan.SAVE_AS);
    }
  }

  private static void checkRelationships(String part, byte[] content) throws Refusal {
    boolean ignored = part.startsWith("customxml/") || part.startsWith("docprops/");
    SafeXml.parse(
        content,
        new RefusingHandler() {
          @Override
          void element(String name, Attributes attributes) throws Refusal {
            String type = attributes.getValue("Type");
            if (ignored || type == null) {
              return;
            }
            String lower = type.toLowerCase(Locale.ROOT);
            checkType(lower);
            boolean external = "External".equalsIgnoreCase(attributes.getValue("TargetMode"));
            if (external && !lower.endsWith(HYPERLINK)) {
              throw externalLink();
            }
          }
        });
  }

  /** Carries a refusal out of a parser. */
  abstract static class RefusingHandler extends DefaultHandler {
    abstract void element(String name, Attributes attributes) throws Refusal;

    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes)
        throws SAXException {
      try {
        element(local, attributes);
      } catch (Refusal refusal) {
        throw new SAXException(refusal);
      }
    }
  }
}
