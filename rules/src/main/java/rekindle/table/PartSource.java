package rekindle.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.poi.openxml4j.util.ZipEntrySource;
import org.jspecify.annotations.Nullable;

/** Hands the parts that passed {@link PackageScan} to POI, so that both see the same bytes. */
final class PartSource implements ZipEntrySource {
  private final Map<String, byte[]> parts;
  private final Map<String, ZipArchiveEntry> entries = new LinkedHashMap<>();
  private boolean closed;

  PartSource(Map<String, byte[]> parts) {
    this.parts = parts;
    parts.forEach(
        (name, bytes) -> {
          var entry = new ZipArchiveEntry(name);
          entry.setSize(bytes.length);
          entries.put(name, entry);
        });
  }

  @Override
  public Enumeration<? extends ZipArchiveEntry> getEntries() {
    return Collections.enumeration(entries.values());
  }

  @Override
  public @Nullable ZipArchiveEntry getEntry(String path) {
    return entries.get(path.startsWith("/") ? path.substring(1) : path);
  }

  @Override
  public InputStream getInputStream(ZipArchiveEntry entry) throws IOException {
    byte[] part = parts.get(entry.getName());
    if (part == null) {
      throw new IOException("no part " + entry.getName());
    }
    return new ByteArrayInputStream(part);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }
}
