package rekindle.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Unpacks an upload within limits, before any other library sees it, and refuses what a table may
 * not hold. Only the parts that make up sheets are unpacked: custom XML, document properties,
 * pictures and the like are left alone.
 */
final class PackageScan {
  static final int FILE_BYTES_MAX = 5 * 1024 * 1024;
  static final int ENTRIES_MAX = 1_000;
  static final long INFLATED_BYTES_MAX = 64L * 1024 * 1024;
  static final long STYLES_BYTES_MAX = 8L * 1024 * 1024;

  /** Lists of parts and of what they point to, which POI reads as trees. */
  static final long DIRECTORY_BYTES_MAX = 1024 * 1024;

  static final int RATIO_MAX = 100;

  /** Below this size a part may be as dense as it likes. */
  static final long RATIO_GRACE_BYTES = 256L * 1024;

  /** Printable ASCII, as every program names parts; what else is in a name ends in logs. */
  private static final Pattern PART_NAME = Pattern.compile("[ -\\[\\]-~]{1,260}");

  static final String CONTENT_TYPES = "[Content_Types].xml";

  static final String SAVE_AS =
      "; open it in the spreadsheet program and save it as an Excel workbook (.xlsx)";
  private static final byte[] OLE2 = {
    (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
  };
  private static final List<String> IGNORED_FOLDERS =
      List.of(
          "customxml/",
          "docprops/",
          "xl/theme/",
          "xl/media/",
          "xl/drawings/",
          "xl/charts/",
          "xl/printersettings/",
          "xl/comments",
          "xl/threadedcomments/",
          "xl/persons/",
          "thumbnails/");

  private final byte[] file;
  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private long inflatedBytes;

  private PackageScan(byte[] file) {
    this.file = file;
  }

  /**
   * The parts of a workbook by name, as the archive spells them.
   *
   * @throws Refusal if the file is no workbook or may not be read
   */
  static Map<String, byte[]> parts(byte[] file) throws Refusal {
    var scan = new PackageScan(file);
    scan.checkKind();
    scan.unpack();
    PackageParts.check(scan.parts);
    return Collections.unmodifiableMap(scan.parts);
  }

  private void checkKind() throws Refusal {
    if (file.length == 0) {
      throw new Refusal(FindingCodes.FILE_EMPTY, "the file is empty");
    }
    if (file.length > FILE_BYTES_MAX) {
      throw new Refusal(
          FindingCodes.FILE_TOO_LARGE,
          String.format(
              Locale.ROOT,
              "the file has %,d bytes; at most %,d are allowed: delete sheets, pictures and rows"
                  + " that are no part of the policy",
              file.length,
              FILE_BYTES_MAX));
    }
    if (startsWith(OLE2)) {
      boolean encrypted = contains("EncryptedPackage".getBytes(StandardCharsets.UTF_16LE));
      throw encrypted
          ? encrypted()
          : new Refusal(
              FindingCodes.NOT_XLSX, "the file is an old Excel workbook (.xls)" + SAVE_AS);
    }
    if (!startsWith(new byte[] {'P', 'K'})) {
      throw new Refusal(
          FindingCodes.NOT_XLSX,
          "the file is no Excel workbook, whatever its name says (text, CSV and HTML files are"
              + " none)"
              + SAVE_AS);
    }
  }

  private static Refusal encrypted() {
    return new Refusal(
        FindingCodes.ENCRYPTED,
        "the file is protected by a password; save it without one, then upload it again");
  }

  private void unpack() throws Refusal {
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(new SeekableInMemoryByteChannel(file))
            .setIgnoreLocalFileHeader(false)
            .get()) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
      if (entries.size() > ENTRIES_MAX) {
        throw new Refusal(
            FindingCodes.ZIP_BOMB,
            "the file consists of "
                + entries.size()
                + " parts; at most "
                + ENTRIES_MAX
                + " are allowed: it is no ordinary workbook");
      }
      var names = new TreeMap<String, String>();
      for (ZipArchiveEntry entry : entries) {
        checkName(entry, names);
      }
      checkWorkbook(zip, names);
      for (ZipArchiveEntry entry : entries) {
        checkSize(entry, entry.getSize());
        if (isWanted(entry.getName())) {
          parts.put(entry.getName(), inflate(zip, entry));
        }
      }
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw damaged();
    }
  }

  static Refusal damaged() {
    return new Refusal(
        FindingCodes.DAMAGED,
        "the file is cut off or damaged and cannot be read; open it in the spreadsheet program,"
            + " save it and upload it again");
  }

  private static void checkName(ZipArchiveEntry entry, Map<String, String> names) throws Refusal {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw encrypted();
    }
    String name = entry.getName();
    String lower = name.toLowerCase(Locale.ROOT);
    boolean odd = !PART_NAME.matcher(name).matches() || name.startsWith("/") || name.contains("..");
    if (odd || names.put(lower, name) != null) {
      throw new Refusal(
          FindingCodes.DAMAGED,
          "the file holds the part " + Words.quoted(name) + " that no workbook has" + SAVE_AS);
    }
    PackageParts.checkName(lower);
  }

  private void checkWorkbook(ZipFile zip, Map<String, String> names) throws Refusal, IOException {
    if (names.containsKey(CONTENT_TYPES.toLowerCase(Locale.ROOT))) {
      return;
    }
    ZipArchiveEntry mimetype = zip.getEntry("mimetype");
    String kind = "";
    if (mimetype != null && mimetype.getSize() < 200) {
      kind = new String(inflate(zip, mimetype), StandardCharsets.ISO_8859_1);
    }
    throw new Refusal(
        FindingCodes.NOT_XLSX,
        (kind.contains("opendocument")
                ? "the file is an OpenDocument file (.ods)"
                : "the file is an archive, but no Excel workbook")
            + SAVE_AS);
  }

  private static boolean isWanted(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return (lower.endsWith(".xml") || lower.endsWith(".rels"))
        && (lower.endsWith(".rels") || IGNORED_FOLDERS.stream().noneMatch(lower::startsWith));
  }

  private byte[] inflate(ZipFile zip, ZipArchiveEntry entry) throws IOException, Refusal {
    try (InputStream in = zip.getInputStream(entry)) {
      if (in == null) {
        throw new ZipException(entry.getName());
      }
      var out = new ByteArrayOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        inflatedBytes += read;
        checkSize(entry, out.size());
      }
      return out.toByteArray();
    }
  }

  private void checkSize(ZipArchiveEntry entry, long bytes) throws Refusal {
    long packed = Math.max(1, entry.getCompressedSize());
    if (bytes > bytesMax(entry.getName().toLowerCase(Locale.ROOT))
        || inflatedBytes > INFLATED_BYTES_MAX
        || (bytes > RATIO_GRACE_BYTES && bytes / packed > RATIO_MAX)) {
      throw new Refusal(
          FindingCodes.ZIP_BOMB,
          "the file unpacks to far more than a policy holds (part "
              + Words.quoted(entry.getName())
              + "); delete blank formatted rows and columns below and beside the tables, or copy"
              + " the rows into a new workbook");
    }
  }

  private static long bytesMax(String name) {
    if (name.endsWith(".rels") || name.equalsIgnoreCase(CONTENT_TYPES)) {
      return DIRECTORY_BYTES_MAX;
    }
    return name.endsWith("styles.xml") ? STYLES_BYTES_MAX : INFLATED_BYTES_MAX;
  }

  private boolean startsWith(byte[] magic) {
    return file.length >= magic.length
        && Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
  }

  private boolean contains(byte[] wanted) {
    for (int i = 0; i + wanted.length <= file.length; i++) {
      if (Arrays.equals(file, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
