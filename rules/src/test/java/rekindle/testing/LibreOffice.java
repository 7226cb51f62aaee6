package rekindle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** LibreOffice as a person's program: opens a file and saves it in another form. */
public final class LibreOffice {
  private static final long PATIENCE_S = 120;
  private static final long PATIENCE_PER_FILE_S = 30;

  private static final String MODULE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
      <script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
      Function Opened(source As String) As Object
        Dim hidden(0) As New com.sun.star.beans.PropertyValue
        hidden(0).Name = "Hidden"
        hidden(0).Value = True
        Opened = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
      End Function
      Sub Store(doc As Object, target As String, filter As String)
        Dim form(0) As New com.sun.star.beans.PropertyValue
        form(0).Name = "FilterName"
        form(0).Value = filter
        doc.storeToURL(target, form())
      End Sub
      %s
      Sub Edit()
        On Error Resume Next
      %s
        StarDesktop.terminate()
      End Sub
      </script:module>
      """;

  private static final String SUB =
      """
      Sub %1$s()
        Dim doc As Object
        doc = Opened("%2$s/%1$s.xlsx")
      %3$s
        Store(doc, "%2$s/out/%1$s.xlsx", "Calc MS Excel 2007 XML")
        Store(doc, "%2$s/out/%1$s.ods", "calc8")
        doc.close(True)
        doc = Opened("%2$s/out/%1$s.ods")
        Store(doc, "%2$s/out/%1$s-back.xlsx", "Calc MS Excel 2007 XML")
        doc.close(True)
      End Sub
      """;

  /**
   * A workbook to be changed by statements of LibreOffice Basic that know it as {@code doc}.
   *
   * @param name names its files and its macro: letters and digits
   * @param statements none where it is only to be saved
   */
  public record Edit(String name, byte[] xlsx, String statements) {}

  /** What was saved: as xlsx, as ods, and the ods opened and saved as xlsx again. */
  public record Saved(byte[] xlsx, byte[] ods, byte[] back) {}

  private final Path folder;

  /**
   * @param folder an empty folder for its profile and the files
   */
  public LibreOffice(Path folder) {
    this.folder = folder;
  }

  /** A file opened in one form and saved in another; forms are file name extensions. */
  public byte[] saved(byte[] file, String from, String to) {
    Path source = write("in." + from, file);
    try {
      Files.deleteIfExists(folder.resolve("out").resolve("in." + to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(
        PATIENCE_S,
        "--convert-to",
        to,
        "--outdir",
        folder.resolve("out").toString(),
        source.toString());
    return read("in." + to);
  }

  /** A workbook changed and saved in every form. */
  public Saved edited(byte[] xlsx, String statements) {
    return edited(List.of(new Edit("Edited", xlsx, statements))).get(0);
  }

  /** Workbooks changed and saved one after the other, by one start of the program: it is slow. */
  public List<Saved> edited(List<Edit> edits) {
    Path module = folder.resolve("profile/user/basic/Standard/Module1.xba");
    if (!Files.exists(module)) {
      // The first start makes the profile and would overwrite a module that is there already.
      saved(edits.get(0).xlsx(), "xlsx", "xlsx");
    }
    String place = folder.toUri().toString().replaceAll("/$", "");
    var subs = new StringBuilder();
    var calls = new StringBuilder();
    for (Edit edit : edits) {
      write(edit.name() + ".xlsx", edit.xlsx());
      subs.append(SUB.formatted(edit.name(), place, edit.statements()));
      calls.append("  ").append(edit.name()).append("()\n");
    }
    String code = MODULE.formatted(escaped(subs.toString()), calls);
    write(folder.relativize(module).toString(), code.getBytes(StandardCharsets.UTF_8));
    run(
        PATIENCE_S + edits.size() * PATIENCE_PER_FILE_S,
        "--norestore",
        "macro:///Standard.Module1.Edit()");
    return edits.stream().map(this::savedFiles).toList();
  }

  private Saved savedFiles(Edit edit) {
    return new Saved(
        read(edit.name() + ".xlsx"), read(edit.name() + ".ods"), read(edit.name() + "-back.xlsx"));
  }

  private static String escaped(String basic) {
    return basic.replace("&", "&amp;").replace("<", "&lt;");
  }

  private Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that a run of the program has written. */
  private byte[] read(String name) {
    Path file = folder.resolve("out").resolve(name);
    try {
      if (!Files.exists(file)) {
        String log = Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
        throw new IllegalStateException("soffice wrote no " + name + ": " + log);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(long patienceS, String... arguments) {
    try {
      Files.createDirectories(folder.resolve("out"));
      var command =
          new ArrayList<String>(
              List.of(
                  "soffice",
                  "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                  "--headless"));
      command.addAll(List.of(arguments));
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      if (!process.waitFor(patienceS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("soffice did not end within " + patienceS + " s");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
