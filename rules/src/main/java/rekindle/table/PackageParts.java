package rekindle.table;

import java.util.Locale;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Looks through the parts of a package for what a table may not hold. */
final class PackageParts {
  private static final String HYPERLINK = "/hyperlink";

  private PackageParts() {}

  static void check(Map<String, byte[]> parts) throws Refusal {
    for (var part : parts.entrySet()) {
      String name = part.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("xl/externallinks/") || name.equals("xl/connections.xml")) {
        throw externalLink();
      }
      if (name.equals(PackageScan.CONTENT_TYPES.toLowerCase(Locale.ROOT))) {
        checkContentTypes(part.getValue());
      } else if (name.endsWith(".rels")) {
        checkRelationships(name, part.getValue());
      }
    }
  }

  /** What a content type or relationship type forbids, by its name in lower case. */
  private static void checkType(String type) throws Refusal {
    if (type.contains("macro") || type.contains("vbaproject")) {
      throw new Refusal(
          FindingCodes.MACRO,
          "the file holds macros; save it as an Excel workbook (.xlsx) without them");
    }
    if (type.contains("oleobject")
        || type.contains("activex")
        || type.contains("ctrlprop")
        || type.endsWith("/package")
        || type.endsWith("/control")) {
      throw new Refusal(
          FindingCodes.EMBEDDED_OBJECT,
          "the file holds an embedded object or control; delete it, since tables hold cells only");
    }
    if (type.contains("externallink") || type.contains("connections")) {
      throw externalLink();
    }
  }

  private static Refusal externalLink() {
    return new Refusal(
        FindingCodes.EXTERNAL_LINK,
        "the file refers to other files or data sources; break the links (Data, Edit links) and"
            + " write the values");
  }

  private static void checkContentTypes(byte[] part) throws Refusal {
    SafeXml.parse(
        part,
        new RefusingHandler() {
          @Override
          void element(String name, Attributes attributes) throws Refusal {
            String type = attributes.getValue("ContentType");
            if (type != null) {
              checkType(type.toLowerCase(Locale.ROOT));
            }
          }
        });
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
        throws org.xml.sax.SAXException {
      try {
        element(local, attributes);
      } catch (Refusal refusal) {
        throw new org.xml.sax.SAXException(refusal);
      }
    }
  }
}
