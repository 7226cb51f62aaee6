package rekindle.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** What the number formats of a workbook make of the numbers in its cells. */
final class CellStyles extends DefaultHandler {

  /** What a number in a cell is to the person who sees it. */
  enum Shown {
    NUMBER,
    PERCENT,
    DATE,
    TIME,
    ELAPSED_TIME
  }

  private static final int FORMATS_MAX = 100_000;

  private final Map<Integer, String> codes = new HashMap<>();
  private final List<Integer> formats = new ArrayList<>();
  private final Map<Integer, Shown> shown = new HashMap<>();
  private boolean inCellFormats;

  /** How a cell of the style shows its number. */
  Shown of(int style) {
    if (style < 0 || style >= formats.size()) {
      return Shown.NUMBER;
    }
    return shown.computeIfAbsent(formats.get(style), this::ofFormat);
  }

  @Override
  public void startElement(String uri, String local, String qualified, Attributes attributes) {
    switch (local) {
      case "numFmt" -> {
        String code = attributes.getValue("formatCode");
        if (code != null && codes.size() < FORMATS_MAX) {
          codes.putIfAbsent(number(attributes.getValue("numFmtId")), code);
        }
      }
      case "cellXfs" -> inCellFormats = true;
      case "xf" -> {
        if (inCellFormats && formats.size() < FORMATS_MAX) {
          formats.add(number(attributes.getValue("numFmtId")));
        }
      }
      default -> {}
    }
  }

  @Override
  public void endElement(String uri, String local, String qualified) {
    if (local.equals("cellXfs")) {
      inCellFormats = false;
    }
  }

  private Shown ofFormat(int format) {
    String code = codes.get(format);
    if (code == null) {
      code = BuiltinFormats.getBuiltinFormat(format);
    }
    if (code == null || code.length() > 255) {
      return Shown.NUMBER;
    }
    String bare = bare(code);
    if (DateUtil.isADateFormat(format, code)) {
      if (bare.contains("[h") || bare.contains("[m") || bare.contains("[s")) {
        return Shown.ELAPSED_TIME;
      }
      return bare.contains("y") || bare.contains("d") ? Shown.DATE : Shown.TIME;
    }
    return bare.contains("%") ? Shown.PERCENT : Shown.NUMBER;
  }

  /** The first section of a format without quoted text, escapes, colours and locales. */
  private static String bare(String code) {
    return code.toLowerCase(Locale.ROOT)
        .replaceAll("\"[^\"]*\"", "")
        .replaceAll("[\\\\_*].", "")
        .replaceAll("\\[(?!h+\\]|m+\\]|s+\\])[^\\]]*\\]", "")
        .replaceAll("am/pm|a/p", "")
        .replaceAll(";.*", "");
  }

  private static int number(@Nullable String digits) {
    return digits != null && digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
  }
}
