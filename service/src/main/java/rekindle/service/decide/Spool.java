package rekindle.service.decide;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from one thread to another that never make the first one wait: a few megabytes
 * are held in memory, what is more lies in a temporary file. So a caller who sends a whole file
 * before reading the first answer is served as well as one who reads along.
 */
final class Spool implements Closeable {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int CHUNKS_IN_MEMORY_MAX = 64;

  private final Queue<Chunk> chunks = new ArrayDeque<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream(CHUNK_BYTES);
  private int inMemory;
  private @Nullable FileChannel file;
  private long fileEnd;
  private boolean ended;
  private boolean abandoned;

  /** A piece in memory, or where it lies in the file. */
  private record Chunk(byte @Nullable [] bytes, long position, int length) {}

  /** Adds bytes; for the one thread that writes. */
  void write(byte[] bytes) throws IOException {
    open.write(bytes, 0, bytes.length);
    if (open.size() >= CHUNK_BYTES) {
      flush();
    }
  }

  /** Makes what was written visible to the reader. */
  void flush() throws IOException {
    if (open.size() > 0) {
      byte[] bytes = open.toByteArray();
      open.reset();
      put(bytes);
    }
  }

  /** Nothing more comes. */
  void end() throws IOException {
    flush();
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  /** Whether nobody reads any more. */
  synchronized boolean isAbandoned() {
    return abandoned;
  }

  /** Copies everything to a caller, as it comes, until the end. */
  void copyTo(OutputStream out) throws IOException {
    for (byte[] bytes = take(); bytes != null; bytes = take()) {
      out.write(bytes);
      out.flush();
    }
  }

  private synchronized void put(byte[] bytes) throws IOException {
    if (inMemory < CHUNKS_IN_MEMORY_MAX) {
      inMemory++;
      chunks.add(new Chunk(bytes, 0, bytes.length));
    } else {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      long position = fileEnd;
      while (rest.hasRemaining()) {
        fileEnd += file().write(rest, fileEnd);
      }
      chunks.add(new Chunk(null, position, bytes.length));
    }
    notifyAll();
  }

  private synchronized byte @Nullable [] take() throws IOException {
    while (chunks.isEmpty() && !ended) {
      try {
        wait();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("stopped while answers were still to come", stopped);
      }
    }
    Chunk next = chunks.poll();
    if (next == null) {
      return null;
    }
    byte[] bytes = next.bytes();
    if (bytes != null) {
      inMemory--;
      return bytes;
    }
    return read(next);
  }

  private byte[] read(Chunk chunk) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(chunk.length());
    while (buffer.hasRemaining()) {
      if (file().read(buffer, chunk.position() + buffer.position()) < 0) {
        throw new IOException("the temporary file is shorter than what was written to it");
      }
    }
    return buffer.array();
  }

  private FileChannel file() throws IOException {
    FileChannel opened = file;
    if (opened == null) {
      Path path = Files.createTempFile("rekindle-answers", ".ndjson");
      opened =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = opened;
    }
    return opened;
  }

  /** Tells the writer that nobody reads any more, and removes the file. */
  @Override
  public synchronized void close() throws IOException {
    abandoned = true;
    chunks.clear();
    if (file != null) {
      file.close();
    }
  }
}
