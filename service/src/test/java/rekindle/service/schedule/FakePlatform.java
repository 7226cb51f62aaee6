package rekindle.service.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A sending platform that behaves as badly as it is told, and remembers each message that it would
 * have sent. It makes a message of every request that it accepts: it does not know of keys.
 */
public final class FakePlatform implements AutoCloseable {
  static final byte[] KEY = "a secret of the tests, 32 bytes!".getBytes(StandardCharsets.UTF_8);
  static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final int BACKLOG = 200;

  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final Map<String, List<Request>> accepted = new ConcurrentHashMap<>();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private volatile Function<Request, Behaviour> behaviour = request -> Behaviour.ACCEPT;
  private volatile boolean askable = true;
  private volatile long answersAtMillis;
  private volatile @Nullable Tally tally;

  /** What it does with a request. */
  public enum Behaviour {
    ACCEPT,
    /** Takes it, and says that it could not. */
    ACCEPT_AND_FAIL,
    /** Takes it, and cuts the connection. */
    ACCEPT_AND_CUT,
    /** Takes it, and never answers. */
    ACCEPT_AND_HANG,
    /** Takes it after a while. */
    ACCEPT_SLOWLY,
    REFUSE,
    TOO_MANY,
    FAIL,
    CUT
  }

  /** A request as it came; header names in lower case. */
  public record Request(
      String method, String path, Map<String, String> headers, String body, long atMillis) {
    public String key() {
      return headers.getOrDefault("webhook-id", "");
    }
  }

  public FakePlatform() {
    try {
      server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    thread(this::listen);
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/touches";
  }

  /**
   * Has the service hand e-mail over to it, as platform {@code esp}.
   *
   * @return the platform's part of the configuration
   */
  public ObjectNode takes(ObjectNode configuration) {
    ObjectNode ways = configuration.withObject("/handOver");
    ways.withObject("/routes").put("email", "esp");
    ObjectNode esp = ways.putArray("platforms").addObject();
    esp.put("name", "esp").put("url", url()).put("onOwnNetwork", true);
    esp.putArray("secrets").add(SECRET);
    return esp;
  }

  public void behave(Function<Request, Behaviour> how) {
    behaviour = how;
  }

  public void askable(boolean yes) {
    askable = yes;
  }

  /**
   * Whoever asks what became of a touch gets the answer of that moment at that instant at the
   * earliest.
   */
  public void answersAt(Instant instant) {
    answersAtMillis = instant.toEpochMilli();
  }

  /** The next request, within half a minute. */
  public Request next() throws InterruptedException {
    Request request = requests.poll(30, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  /** Requests that came and were not looked at. */
  public List<Request> others() {
    var others = new ArrayList<Request>();
    requests.drainTo(others);
    return others;
  }

  /** How often it was asked about a touch. */
  public int asked(String touch) {
    return asked.getOrDefault(touch, 0);
  }

  /** Messages that it sent, by their keys. */
  public Map<String, List<Request>> accepted() {
    return accepted;
  }

  /** From now on it accepts everything and keeps nothing but how often. */
  public Tally counting() {
    var counts = new Tally();
    tally = counts;
    return counts;
  }

  private static void thread(Runnable work) {
    var thread = new Thread(work, "fake-platform");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        thread(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Request request = read(in);
      while (request != null && answer(socket, request)) {
        request = read(in);
      }
    } catch (IOException gone) {
      // The other side left.
    } finally {
      open.remove(socket);
    }
  }

  /** False if the connection is of no use any more. */
  private boolean answer(Socket socket, Request request) throws IOException {
    if (request.method().equals("GET")) {
      String touch = request.path().substring(request.path().lastIndexOf('/') + 1);
      boolean has = accepted.containsKey(touch);
      asked.merge(touch, 1, Integer::sum);
      while (System.currentTimeMillis() < answersAtMillis) {
        java.util.concurrent.locks.LockSupport.parkUntil(answersAtMillis);
      }
      write(
          socket,
          !askable ? 500 : has ? 200 : 404,
          has ? "{\"status\":\"accepted\"}" : "{\"status\":\"unknown\"}");
      return true;
    }
    Tally counts = tally;
    if (counts != null) {
      counts.came(request.key(), request.atMillis());
      write(socket, 202, "{}");
      return true;
    }
    Behaviour how = behaviour.apply(request);
    if (how.name().startsWith("ACCEPT")) {
      accepted.computeIfAbsent(request.key(), key -> new CopyOnWriteArrayList<>()).add(request);
    }
    requests.add(request);
    switch (how) {
      case ACCEPT -> write(socket, 202, "{}");
      case ACCEPT_SLOWLY -> {
        java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        write(socket, 202, "{}");
      }
      case ACCEPT_AND_FAIL, FAIL -> write(socket, 500, "{}");
      case REFUSE -> write(socket, 422, "{}");
      case TOO_MANY -> write(socket, 429, "{}");
      case ACCEPT_AND_HANG -> {
        return socket.getInputStream().read() < 0;
      }
      default -> {
        socket.setSoLinger(true, 0);
        return false;
      }
    }
    return true;
  }

  private static void write(Socket socket, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + " X\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    String start = line(in);
    if (start == null) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      return null;
    }
    String[] parts = start.split(" ");
    return new Request(
        parts[0],
        parts[1],
        headers,
        new String(body, StandardCharsets.UTF_8),
        System.currentTimeMillis());
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) c);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
