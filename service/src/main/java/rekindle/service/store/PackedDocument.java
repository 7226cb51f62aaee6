package rekindle.service.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The documents of a decision as they lie in the store: longer ones as a zlib stream (RFC 1950)
 * with a preset dictionary of what such documents say, which makes them ten times smaller. Then a
 * decision fits into its row; PostgreSQL's own compression left most of it in a table beside it and
 * took longer. Documents that were stored plain are read as they are: a stream begins with another
 * byte than JSON.
 */
public final class PackedDocument {
  private static final int PLAIN_MAX = 600;
  private static final int BUFFER = 2048;

  /** The first byte of a zlib stream with the usual window. */
  private static final byte ZLIB = 0x78;

  /**
   * Whatever was stored with it needs it for ever: a better one gets a name of its own, and is
   * chosen by the checksum that stands in the stream.
   */
  private static final byte[] DICTIONARY = resource("decision-1.dictionary");

  private static final int DICTIONARY_ID = adler32(DICTIONARY);

  private PackedDocument() {}

  private static byte[] resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(PackedDocument.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static int adler32(byte[] bytes) {
    var adler = new Adler32();
    adler.update(bytes);
    return (int) adler.getValue();
  }

  /** The bytes to be stored; the document itself if it is short. */
  static byte[] pack(byte[] document) {
    if (document.length <= PLAIN_MAX) {
      return document;
    }
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setDictionary(DICTIONARY);
      deflater.setInput(document);
      deflater.finish();
      var packed = new ByteArrayOutputStream(BUFFER);
      byte[] buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * The document of stored bytes.
   *
   * @throws IllegalStateException if the bytes are damaged
   */
  public static byte[] unpack(byte[] stored) {
    if (stored.length == 0 || stored[0] != ZLIB) {
      return stored;
    }
    var inflater = new Inflater();
    try {
      inflater.setInput(stored);
      var document = new ByteArrayOutputStream(stored.length * 10);
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int read = inflater.inflate(buffer);
        if (read > 0) {
          document.write(buffer, 0, read);
        } else if (inflater.needsDictionary() && inflater.getAdler() == DICTIONARY_ID) {
          inflater.setDictionary(DICTIONARY);
        } else if (!inflater.finished()) {
          throw new IllegalStateException("a stored document ends too early, or is not ours");
        }
      }
      return document.toByteArray();
    } catch (DataFormatException damaged) {
      throw new IllegalStateException("a stored document is damaged", damaged);
    } finally {
      inflater.end();
    }
  }
}
