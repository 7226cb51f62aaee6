package rekindle.service.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Sends bytes that no HTTP client would. */
record RawClient(int port) {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final long PAUSE_NANOS = 50_000_000;

  /** What comes back for these bytes and the end of the stream. */
  String send(String request) throws IOException {
    return send(request.getBytes(StandardCharsets.ISO_8859_1), true);
  }

  /** What comes back for these bytes, after which nothing is sent for as long as it takes. */
  String sendAndWait(String request) throws IOException {
    return send(request.getBytes(StandardCharsets.ISO_8859_1), false);
  }

  /** What comes back for bytes that come in pieces, with a pause after each. */
  String sendInPieces(String request, int pieceBytes) throws IOException {
    byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (int from = 0; from < bytes.length; from += pieceBytes) {
        socket.getOutputStream().write(bytes, from, Math.min(pieceBytes, bytes.length - from));
        socket.getOutputStream().flush();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return readAll(socket.getInputStream());
    }
  }

  private String send(byte[] request, boolean end) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        if (end) {
          socket.shutdownOutput();
        }
      } catch (SocketException closedAlready) {
        return readAll(socket.getInputStream());
      }
      return readAll(socket.getInputStream());
    }
  }

  private static String readAll(InputStream in) throws IOException {
    var answer = new ByteArrayOutputStream();
    try {
      in.transferTo(answer);
    } catch (SocketException closed) {
      // Cut off is an answer too.
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }
}
