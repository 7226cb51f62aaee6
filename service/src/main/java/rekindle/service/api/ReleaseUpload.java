package rekindle.service.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.glassfish.jersey.media.multipart.BodyPart;
import org.glassfish.jersey.media.multipart.BodyPartEntity;
import org.glassfish.jersey.media.multipart.FormDataBodyPart;
import org.glassfish.jersey.media.multipart.FormDataMultiPart;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonProblem;
import rekindle.release.PolicyTables;
import rekindle.service.hash.Sha256;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/**
 * Workbooks as a caller sends them: as files of a form, or in a zip. Whatever is wrong with the
 * request is told at once; what is wrong in a workbook is for its check.
 *
 * @param workbooks bytes by workbook name, those of the policy alone
 * @param base id of the release that they were made from; null for the active one
 * @param title what the author says of them
 */
record ReleaseUpload(
    SortedMap<String, byte[]> workbooks, @Nullable String base, @Nullable String title) {
  /** Characters of a title, a comment or a reason. */
  static final int TEXT_MAX = 2000;

  private static final String SUFFIX = ".xlsx";
  private static final int FILES_MAX = 40;

  /** One byte more than a workbook may have shows its check that it is too large. */
  private static final int BYTES_MAX = 5 * 1024 * 1024 + 1;

  /** What is unpacked of a zip besides workbooks, or beyond what one may have. */
  private static final long DRAINED_BYTES_MAX = 64L * 1024 * 1024;

  /** Collects files and everything that is wrong with them. */
  private static final class Files {
    private final SortedMap<String, byte[]> workbooks = new TreeMap<>();
    private final List<JsonProblem> problems = new ArrayList<>();
    private int count;
    private long drained;

    /** False if there are too many. */
    boolean add(String path, InputStream content) throws IOException {
      String file = path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
      if (file.startsWith("~") || file.startsWith(".") || path.startsWith("__MACOSX/")) {
        return true;
      }
      if (++count > FILES_MAX) {
        problem("there are more than " + FILES_MAX + " files");
        return false;
      }
      String name =
          file.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
              ? file.substring(0, file.length() - SUFFIX.length())
              : "";
      if (!PolicyTables.workbooks().contains(name)) {
        problem("the file \"" + file + "\" is no workbook of the policy");
      } else if (workbooks.put(name, content.readNBytes(BYTES_MAX)) != null) {
        problem("the workbook " + name + " is there twice");
      }
      return true;
    }

    /** Reads the rest of an entry, which going to the next one would, but within a limit. */
    boolean drain(InputStream entry) throws IOException {
      var buffer = new byte[8192];
      for (int read = entry.read(buffer); read >= 0; read = entry.read(buffer)) {
        drained += read;
        if (drained > DRAINED_BYTES_MAX) {
          problems.add(
              new JsonProblem(
                  "", "the zip holds too much besides workbooks; send it with them alone"));
          return false;
        }
      }
      return true;
    }

    private void problem(String what) {
      problems.add(
          new JsonProblem(
              "",
              what + "; expected " + String.join(".xlsx, ", PolicyTables.workbooks()) + ".xlsx"));
    }

    ReleaseUpload upload(@Nullable String base, @Nullable String title) {
      if (workbooks.isEmpty() && problems.isEmpty()) {
        problem("there is no workbook in the request");
      }
      if (title != null && title.length() > TEXT_MAX) {
        problems.add(new JsonProblem("", "title has more than " + TEXT_MAX + " characters"));
      }
      if (!problems.isEmpty()) {
        throw new ProblemException(Problem.invalidInput(problems));
      }
      return new ReleaseUpload(workbooks, blankToNull(base), blankToNull(title));
    }
  }

  /** The files of a form; its fields {@code base} and {@code title} are optional. */
  static ReleaseUpload ofForm(FormDataMultiPart form) throws IOException {
    var files = new Files();
    var texts = new TreeMap<String, String>();
    for (BodyPart part : form.getBodyParts()) {
      var named = (FormDataBodyPart) part;
      String fileName = named.getFormDataContentDisposition().getFileName();
      try (InputStream content = named.getEntityAs(BodyPartEntity.class).getInputStream()) {
        if (fileName != null) {
          if (!files.add(fileName, content)) {
            break;
          }
        } else if (named.getName().equals("base") || named.getName().equals("title")) {
          byte[] text = content.readNBytes(4 * TEXT_MAX + 1);
          texts.put(named.getName(), new String(text, StandardCharsets.UTF_8));
        } else {
          files.problems.add(
              new JsonProblem(
                  "", "the field \"" + named.getName() + "\" is unknown; expected base or title"));
        }
      }
    }
    return files.upload(texts.get("base"), texts.get("title"));
  }

  /** The files of an archive, wherever in it they are. */
  static ReleaseUpload ofZip(InputStream body, @Nullable String base, @Nullable String title)
      throws IOException {
    var files = new Files();
    try (var zip = new ZipInputStream(body)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory() && !files.add(entry.getName(), zip)) {
          break;
        }
        if (!files.drain(zip)) {
          break;
        }
      }
    } catch (ZipException | IllegalArgumentException broken) {
      throw new ProblemException(
          Problem.invalidInput(
              List.of(new JsonProblem("", "the body is no zip that can be read"))));
    }
    return files.upload(base, title);
  }

  /** Tells this upload from another one, whatever wraps the files. */
  byte[] fingerprint() {
    var text = new StringBuilder().append(base).append('\n').append(title).append('\n');
    for (Map.Entry<String, byte[]> workbook : workbooks.entrySet()) {
      text.append(workbook.getKey()).append(' ');
      text.append(java.util.HexFormat.of().formatHex(Sha256.of(workbook.getValue()))).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
