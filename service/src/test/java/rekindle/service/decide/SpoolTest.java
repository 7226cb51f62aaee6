package rekindle.service.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SpoolTest {
  private static final long SEED = 11;
  private static final int MORE_THAN_MEMORY_BYTES = 12 * 1024 * 1024;

  @Test
  void writer_withoutReader_neverWaits() throws IOException {
    byte[] sent = randomBytes();
    var received = new ByteArrayOutputStream();
    try (var spool = new Spool()) {
      write(spool, sent);
      spool.end();
      spool.copyTo(received);
    }
    assertThat(Arrays.equals(received.toByteArray(), sent)).isTrue();
  }

  @Test
  void reader_besideTheWriter_getsEverythingInOrder() throws IOException {
    byte[] sent = randomBytes();
    var received = new ByteArrayOutputStream();
    try (var spool = new Spool()) {
      var writer =
          CompletableFuture.runAsync(
              () -> {
                try {
                  write(spool, sent);
                  spool.end();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      spool.copyTo(received);
      writer.join();
    }
    assertThat(Arrays.equals(received.toByteArray(), sent)).isTrue();
  }

  @Test
  void spool_closed_tellsTheWriter() throws IOException {
    var spool = new Spool();
    assertThat(spool.isAbandoned()).isFalse();
    spool.close();
    assertThat(spool.isAbandoned()).isTrue();
  }

  private static byte[] randomBytes() {
    var bytes = new byte[MORE_THAN_MEMORY_BYTES];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }

  private static void write(Spool spool, byte[] bytes) throws IOException {
    var sizes = new Random(SEED);
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + sizes.nextInt(5_000));
      spool.write(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
  }
}
