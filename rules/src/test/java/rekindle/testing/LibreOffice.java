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

  private static final String MODULE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
      <script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
      Sub Edit(source As String, target As String)
        Dim hidden(0) As New com.sun.star.beans.PropertyValue
        hidden(0).Name = "Hidden"
        hidden(0).Value = True
        Dim doc As Object
        doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
      %s
        Dim form(0) As New com.sun.star.beans.PropertyValue
        form(0).Name = "FilterName"
        form(0).Value = "%s"
        doc.storeToURL(target, form())
        doc.close(True)
        StarDesktop.terminate()
      End Sub
      </script:module>
      """;

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
    Path out = folder.resolve("out");
    return result(
        out.resolve("in." + to), "--convert-to", to, "--outdir", out.toString(), source.toString());
  }

  /**
   * A workbook changed by statements of LibreOffice Basic and saved.
   *
   * @param statements lines that know the document as {@code doc}
   * @param to {@code xlsx} or {@code ods}
   */
  public byte[] edited(byte[] xlsx, String statements, String to) {
    Path source = write("edited.xlsx", xlsx);
    Path module = folder.resolve("profile/user/basic/Standard/Module1.xba");
    if (!Files.exists(module)) {
      // The first start makes the profile and would overwrite a module that is there already.
      saved(xlsx, "xlsx", "xlsx");
    }
    String code =
        MODULE.formatted(
            statements.replace("&", "&amp;").replace("<", "&lt;"),
            to.equals("xlsx") ? "Calc MS Excel 2007 XML" : "calc8");
    Path target = folder.resolve("out").resolve("edited." + to);
    write(folder.relativize(module).toString(), code.getBytes(StandardCharsets.UTF_8));
    return result(
        target,
        "--norestore",
        "macro:///Standard.Module1.Edit(\"" + source.toUri() + "\",\"" + target.toUri() + "\")");
  }

  private Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that a run of the program has written. */
  private byte[] result(Path target, String... arguments) {
    try {
      Files.createDirectories(folder.resolve("out"));
      Files.deleteIfExists(target);
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
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("soffice did not end within " + PATIENCE_S + " s");
      }
      if (!Files.exists(target)) {
        String log = Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
        throw new IllegalStateException("soffice wrote no " + target.getFileName() + ": " + log);
      }
      return Files.readAllBytes(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
