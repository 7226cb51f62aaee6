package rekindle.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** The sheets of an .xlsx file as raw cells, read as a stream within limits. */
final class XlsxFile {
  static final int SHEETS_MAX = 100;
  static final int CELLS_MAX = 500_000;

  private record SheetEntry(String name, String relationship) {}

  private final Predicate<String> wanted;
  private final Findings findings;
  private final List<SheetEntry> entries = new ArrayList<>();
  private boolean from1904;

  private XlsxFile(Predicate<String> wanted, Findings findings) {
    this.wanted = wanted;
    this.findings = findings;
  }

  /**
   * Reads all sheets.
   *
   * @param wanted names of the sheets whose cells are kept; of others only formulas are reported
   * @throws Refusal if the file may not or cannot be read
   */
  static List<RawSheet> read(byte[] file, Predicate<String> wanted, Findings findings)
      throws Refusal {
    Map<String, byte[]> parts = PackageScan.parts(file);
    try (OPCPackage pack = OPCPackage.open(new PartSource(parts))) {
      return new XlsxFile(wanted, findings).read(new XSSFReader(pack));
    } catch (IOException | OpenXML4JException | RuntimeException e) {
      // What POI throws at a file that no program has written is not to be foreseen.
      throw String.valueOf(e.getMessage()).contains("Strict OOXML")
          ? new Refusal(
              FindingCodes.NOT_XLSX,
              "the file is a Strict Open XML workbook; save it as an ordinary Excel workbook"
                  + " (.xlsx)")
          : PackageScan.damaged();
    }
  }

  private List<RawSheet> read(XSSFReader reader) throws Refusal, IOException, OpenXML4JException {
    try (InputStream workbook = reader.getWorkbookData()) {
      SafeXml.parse(workbook, new WorkbookHandler());
    }
    if (entries.size() > SHEETS_MAX) {
      throw new Refusal(
          FindingCodes.TOO_MANY_SHEETS,
          "the workbook has "
              + entries.size()
              + " sheets; at most "
              + SHEETS_MAX
              + " are allowed: delete those that are no table");
    }
    var styles = new CellStyles();
    try (InputStream data = reader.getStylesData()) {
      if (data != null) {
        SafeXml.parse(data, styles);
      }
    }
    var strings = new SharedTexts();
    try (InputStream data = reader.getSharedStringsData()) {
      if (data != null) {
        SafeXml.parse(data, strings);
      }
    }
    var cells = new CellBudget();
    var sheets = new ArrayList<RawSheet>();
    Set<String> names = new HashSet<>();
    for (SheetEntry entry : entries) {
      if (!names.add(entry.name().toLowerCase(Locale.ROOT))) {
        throw PackageScan.damaged();
      }
      var sheet = new RawSheet(entry.name());
      try (InputStream data = reader.getSheet(entry.relationship())) {
        SafeXml.parse(
            data,
            new SheetParser(
                sheet,
                wanted.test(entry.name()),
                new SheetParser.Shared(strings, styles, from1904, cells),
                findings));
      }
      sheets.add(sheet);
    }
    return sheets;
  }

  /** Counts filled cells over all sheets. */
  static final class CellBudget {
    private int used;

    void take() throws Refusal {
      if (++used > CELLS_MAX) {
        throw new Refusal(
            FindingCodes.TOO_MANY_CELLS,
            String.format(
                Locale.ROOT,
                "more than %,d cells are filled in; split the table or delete what is no policy",
                CELLS_MAX));
      }
    }
  }

  private final class WorkbookHandler extends DefaultHandler {
    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes) {
      if (local.equals("sheet")) {
        String name = attributes.getValue("name");
        String relationship = relationship(attributes);
        if (name != null && relationship != null) {
          entries.add(new SheetEntry(name, relationship));
        }
      } else if (local.equals("workbookPr")) {
        String value = attributes.getValue("date1904");
        from1904 = "1".equals(value) || "true".equals(value);
      }
    }

    /** The attribute r:id, whatever its prefix. */
    private static @Nullable String relationship(Attributes attributes) {
      for (int i = 0; i < attributes.getLength(); i++) {
        if (attributes.getLocalName(i).equals("id")
            && attributes.getURI(i).endsWith("/relationships")) {
          return attributes.getValue(i);
        }
      }
      return null;
    }
  }
}
