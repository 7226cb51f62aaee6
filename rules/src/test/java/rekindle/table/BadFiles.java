package rekindle.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbookType;
import rekindle.testing.SampleRows;

/** Files that no workbook should be, made from a good one. */
final class BadFiles {
  static final byte[] GOOD = WorkbookWriter.write("sample", "", SampleRows.tables());

  private static final String SHEET = "xl/worksheets/sheet2.xml";
  private static final String STRINGS = "xl/sharedStrings.xml";
  private static final String TYPES = "[Content_Types].xml";
  private static final String RELS = "xl/_rels/workbook.xml.rels";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  private static final int MB = 1024 * 1024;

  private BadFiles() {}

  static byte[] random(int bytes, long seed) {
    byte[] file = new byte[bytes];
    new Random(seed).nextBytes(file);
    return file;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] truncated(int keptPercent) {
    return Arrays.copyOf(GOOD, GOOD.length * keptPercent / 100);
  }

  static byte[] tooLarge() {
    return Arrays.copyOf(GOOD, 6 * MB);
  }

  static byte[] xls() {
    try (var book = new HSSFWorkbook()) {
      book.createSheet("Conditions").createRow(0).createCell(0).setCellValue("Id");
      var out = new ByteArrayOutputStream();
      book.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] ods() {
    return zip(
        Map.of(
            "mimetype",
            text("application/vnd.oasis.opendocument.spreadsheet"),
            "content.xml",
            text("<x/>")));
  }

  static byte[] encrypted(EncryptionMode mode) {
    try (var files = new POIFSFileSystem()) {
      var encryptor = new EncryptionInfo(mode).getEncryptor();
      encryptor.confirmPassword("secret");
      try (var pack = OPCPackage.open(new ByteArrayInputStream(GOOD));
          var out = encryptor.getDataStream(files)) {
        pack.save(out);
      }
      var out = new ByteArrayOutputStream();
      files.writeFilesystem(out);
      return out.toByteArray();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every entry of the archive says that it is encrypted. */
  static byte[] encryptedEntries() {
    byte[] file = GOOD.clone();
    for (int i = 0; i + 8 < file.length; i++) {
      boolean local = file[i] == 'P' && file[i + 1] == 'K' && file[i + 2] == 3 && file[i + 3] == 4;
      boolean central =
          file[i] == 'P' && file[i + 1] == 'K' && file[i + 2] == 1 && file[i + 3] == 2;
      if (local || central) {
        file[i + (local ? 6 : 8)] |= 1;
      }
    }
    return file;
  }

  /** A sheet that unpacks to the given number of megabytes. */
  static byte[] bomb(int megabytes) {
    return with(
        SHEET,
        sheet -> {
          int at = sheet.indexOf("</sheetData>");
          return sheet.substring(0, at) + " ".repeat(megabytes * MB) + sheet.substring(at);
        });
  }

  /** A bomb in a part that no table reads: never unpacked, but refused by what it declares. */
  static byte[] bombInPicture() {
    Map<String, byte[]> parts = parts();
    parts.put("xl/media/image1.png", new byte[80 * MB]);
    return zip(parts);
  }

  static byte[] manyParts() {
    Map<String, byte[]> parts = parts();
    for (int i = 0; i < 1_500; i++) {
      parts.put("xl/media/image" + i + ".png", new byte[1]);
    }
    return zip(parts);
  }

  static byte[] deep() {
    return with(SHEET, s -> s.replace("<sheetData>", "<a>".repeat(2_000_000) + "<sheetData>"));
  }

  static byte[] doctype(String part) {
    return with(
        part,
        s ->
            s.replaceFirst(
                "\\?>",
                "?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\"><!ENTITY f \"f\">]>"));
  }

  static byte[] doctypeInUtf16() {
    Map<String, byte[]> parts = parts();
    String xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE x [<!ENTITY e \"f\">]><x/>";
    parts.put(STRINGS, xml.getBytes(StandardCharsets.UTF_16));
    return zip(parts);
  }

  static byte[] billionLaughs() {
    var entities = new StringBuilder("?><!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 12; i++) {
      entities
          .append("<!ENTITY a")
          .append(i)
          .append(" \"")
          .append(("&a" + (i - 1) + ";").repeat(10));
      entities.append("\">");
    }
    return with(
        STRINGS,
        s -> s.replace("?>", entities + "]>").replaceFirst("<t>[^<]*</t>", "<t>&a11;</t>"));
  }

  static byte[] macroType() {
    return with(
        TYPES,
        s ->
            s.replace(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml"));
  }

  static byte[] binaryWorkbook() {
    return with(
        TYPES,
        s ->
            s.replace(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "application/vnd.ms-excel.sheet.binary.macroEnabled.main"));
  }

  static byte[] macroPart() {
    Map<String, byte[]> parts = parts();
    parts.put("xl/vbaProject.bin", new byte[100]);
    return zip(parts);
  }

  static byte[] xlsm() {
    try (var book = new XSSFWorkbook(XSSFWorkbookType.XLSM)) {
      book.createSheet("Conditions");
      book.setVBAProject(new ByteArrayInputStream(new byte[100]));
      var out = new ByteArrayOutputStream();
      book.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] relationship(String type, String target, boolean external) {
    return with(
        RELS,
        s ->
            s.replace(
                "</Relationships>",
                "<Relationship Id=\"rIdX\" Type=\""
                    + OFFICE
                    + type
                    + "\" Target=\""
                    + target
                    + "\""
                    + (external ? " TargetMode=\"External\"" : "")
                    + "/></Relationships>"));
  }

  static byte[] externalLinkPart() {
    Map<String, byte[]> parts = parts();
    parts.put("xl/externalLinks/externalLink1.xml", text("<externalLink/>"));
    return zip(parts);
  }

  static byte[] embeddedPart() {
    Map<String, byte[]> parts = parts();
    parts.put("xl/embeddings/oleObject1.bin", new byte[10]);
    return zip(parts);
  }

  static byte[] oddName() {
    Map<String, byte[]> parts = parts();
    parts.put("../../evil.xml", text("<x/>"));
    return zip(parts);
  }

  static byte[] without(String part) {
    Map<String, byte[]> parts = parts();
    parts.remove(part);
    return zip(parts);
  }

  static byte[] document() {
    return with(TYPES, s -> s.replace("spreadsheetml", "wordprocessingml"));
  }

  static byte[] manySheets() {
    try (var book = new XSSFWorkbook()) {
      for (int i = 0; i < 150; i++) {
        book.createSheet("S" + i);
      }
      var out = new ByteArrayOutputStream();
      book.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] manyCells(int cells) {
    var rows = new StringBuilder();
    for (int row = 20; row < 20 + cells / 10; row++) {
      rows.append("<row r=\"").append(row).append("\">");
      for (char column = 'A'; column < 'K'; column++) {
        rows.append("<c r=\"")
            .append(column)
            .append(row)
            .append("\"><v>")
            .append((long) row * column);
        rows.append("</v></c>");
      }
      rows.append("</row>");
    }
    return with(SHEET, s -> s.replace("</sheetData>", rows + "</sheetData>"));
  }

  /** The good workbook with its sheet of conditions changed. */
  static byte[] sheet(String from, String to) {
    return with(SHEET, s -> s.replaceFirst(from, to));
  }

  static byte[] strings(String from, String to) {
    return with(STRINGS, s -> s.replaceFirst(from, to));
  }

  static byte[] with(String part, UnaryOperator<String> change) {
    Map<String, byte[]> parts = parts();
    String before = new String(parts.get(part), StandardCharsets.UTF_8);
    String after = change.apply(before);
    if (after.equals(before)) {
      throw new IllegalStateException("nothing changed in " + part);
    }
    parts.put(part, text(after));
    return zip(parts);
  }

  static List<String> partNames() {
    return List.copyOf(parts().keySet());
  }

  private static Map<String, byte[]> parts() {
    var parts = new LinkedHashMap<String, byte[]>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(GOOD))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        parts.put(entry.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parts;
  }

  private static byte[] zip(Map<String, byte[]> parts) {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
