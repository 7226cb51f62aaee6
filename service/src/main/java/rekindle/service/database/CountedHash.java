package rekindle.service.database;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Passes bytes on, and counts and hashes them and their lines; closing it closes nothing. */
final class CountedHash extends FilterOutputStream {
  private final MessageDigest digest;
  private long bytes;
  private long lines;

  CountedHash(OutputStream out) {
    super(out);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    digest.update(buffer, offset, length);
    bytes += length;
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] == '\n') {
        lines++;
      }
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  /** What went through, as one table; every row of COPY is one line. */
  BackupContents.Table table(String name) {
    return new BackupContents.Table(name, lines, bytes, HexFormat.of().formatHex(digest.digest()));
  }
}
