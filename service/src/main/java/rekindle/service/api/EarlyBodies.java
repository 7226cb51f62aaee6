package rekindle.service.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Takes the start of a body before a thread is given to its request. Callers who send slowly hold
 * no thread until then; the server's own work is not counted as their slowness; and a short body
 * has been read when its request is refused, so that the connection serves the next one.
 */
final class EarlyBodies extends EagerContentHandler {
  /** The attribute under which the request itself is found, whoever wraps it later. */
  static final String REQUEST = EarlyBodies.class.getName();

  /** Longer than what most callers send; about so much may be held for each connection. */
  private static final int BYTES = 1 << 16;

  /** For all connections together: beyond it bodies are left to the threads of their requests. */
  private static final long BYTES_OF_ALL = 1 << 26;

  EarlyBodies() {
    super(new Starts());
  }

  @Override
  protected boolean onConditionsMet(Request request, Response response, Callback callback)
      throws Exception {
    request.setAttribute(REQUEST, request);
    return super.onConditionsMet(request, response, callback);
  }

  private static final class Starts implements ContentLoaderFactory {
    private final AtomicLong takenOfAll = new AtomicLong();

    @Override
    public @Nullable String getApplicableMimeType() {
      return null;
    }

    @Override
    public ContentLoader newContentLoader(
        @Nullable String contentType,
        @Nullable String mimeType,
        Handler handler,
        Request request,
        Response response,
        Callback callback) {
      return new Start(handler, request, response, callback, takenOfAll);
    }
  }

  /**
   * Unlike Jetty's own loader it copies, so that a body in tiny pieces holds no buffer for each,
   * and hands on what breaks a body, such as a caller who stops.
   */
  private static final class Start extends ContentLoader implements Runnable {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream(0);
    private final AtomicLong takenOfAll;

    Start(
        Handler handler,
        Request request,
        Response response,
        Callback callback,
        AtomicLong takenOfAll) {
      super(handler, request, response, callback);
      this.takenOfAll = takenOfAll;
    }

    @Override
    protected void load() {
      take(Runnable::run);
    }

    /**
     * Called back when more has come. What is called back for the rest of the body waits until this
     * returns, so whoever reads that rest must do it in a thread of its own.
     */
    @Override
    public void run() {
      take(getRequest().getComponents().getExecutor());
    }

    private void take(Executor handling) {
      while (true) {
        Content.Chunk chunk = getRequest().read();
        if (chunk == null) {
          if (takenOfAll.get() > BYTES_OF_ALL) {
            handling.execute(() -> handle(null));
          } else {
            getRequest().demand(this);
          }
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          handling.execute(() -> handle(chunk));
          return;
        }
        byte[] bytes = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(bytes);
        taken.writeBytes(bytes);
        takenOfAll.addAndGet(bytes.length);
        boolean last = chunk.isLast();
        chunk.release();
        if (last || taken.size() >= BYTES) {
          handling.execute(() -> handle(last ? Content.Chunk.EOF : null));
          return;
        }
      }
    }

    private void handle(Content.@Nullable Chunk after) {
      takenOfAll.addAndGet(-taken.size());
      var body = new ArrayDeque<Content.Chunk>();
      if (taken.size() > 0) {
        body.add(Content.Chunk.from(ByteBuffer.wrap(taken.toByteArray()), false));
      }
      if (after != null) {
        body.add(after);
      }
      handle(new Begun(getRequest(), body), getResponse(), getCallback());
    }
  }

  /** Gives what was taken, then the rest. */
  private static final class Begun extends Request.Wrapper {
    private final Deque<Content.Chunk> taken;

    Begun(Request request, Deque<Content.Chunk> taken) {
      super(request);
      this.taken = taken;
    }

    @Override
    public Content.Chunk read() {
      return taken.isEmpty() ? super.read() : taken.removeFirst();
    }
  }
}
