package rekindle.service.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** A body that ends with a problem once it is longer than its limit. Confined to one thread. */
final class LimitedBody extends FilterInputStream {
  private final long limit;
  private long read;

  LimitedBody(InputStream body, long limit) {
    super(body);
    this.limit = limit;
  }

  static ProblemException tooLarge(long limit) {
    return new ProblemException(
        ProblemType.PAYLOAD_TOO_LARGE.problem(
            "The body may have " + limit + " bytes. Send less at once; nothing was done."));
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      count(count);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    count(skipped);
    return skipped;
  }

  /** Marks would let a byte count twice. */
  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) {
    read += bytes;
    if (read > limit) {
      throw tooLarge(limit);
    }
  }
}
