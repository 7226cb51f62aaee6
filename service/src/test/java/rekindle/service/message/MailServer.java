package rekindle.service.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that answers as a test says. An answer without text closes the connection in its
 * place; one that is {@link #SILENCE} never comes. With certificates it offers STARTTLS.
 */
public final class MailServer implements AutoCloseable {
  static final String CUT = "";
  static final String SILENCE = "silence";

  /** The end of the message, as a key of answers. */
  static final String END = ".";

  /** Within the message, after its first line: as a key of answers, what happens there. */
  static final String MIDDLE = "middle";

  private static final Map<String, String> USUAL =
      Map.of(
          "CONNECT", "220 hello", "STARTTLS", "220 go on", "DATA", "354 go on", "QUIT", "221 bye");

  private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final Map<String, String> answers;
  private final Runnable silent;
  private volatile @Nullable SSLContext encryption;
  private final List<String> heardEncrypted = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * @param answers by command; where it says none, the usual one is given
   */
  public MailServer(Map<String, String> answers) throws IOException {
    this(answers, () -> {});
  }

  /**
   * @param silent is run where an answer does not come
   */
  MailServer(Map<String, String> answers, Runnable silent) throws IOException {
    this.answers = answers;
    this.silent = silent;
    var thread = new Thread(this::serve, "mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** One that offers STARTTLS, and encrypts with these until others are set. */
  public static MailServer encrypted(TestCertificates certificates) throws IOException {
    var server = new MailServer(Map.of("EHLO", "250-hello\r\n250 STARTTLS"));
    server.certificates(certificates);
    return server;
  }

  public void certificates(TestCertificates certificates) {
    encryption = certificates.context();
  }

  /** Those that were heard in TLS. */
  public List<String> heardEncrypted() {
    return List.copyOf(heardEncrypted);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Lines that were heard, outside of messages and within. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  private void serve() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        converse(socket);
      } catch (IOException over) {
        // The next connection, or the end of the test.
      }
    }
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static Socket encrypted(Socket plain, SSLContext context) throws IOException {
    var tls =
        (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    return tls;
  }

  private void converse(Socket plain) throws IOException {
    Socket socket = plain;
    BufferedReader lines = lines(socket);
    if (!answer(socket, "CONNECT")) {
      return;
    }
    boolean within = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      heard.add(line);
      if (socket instanceof SSLSocket) {
        heardEncrypted.add(line);
      }
      if (within && !line.equals(END)) {
        if (answers.containsKey(MIDDLE) && !answer(socket, MIDDLE)) {
          return;
        }
        continue;
      }
      String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      if (!answer(socket, command)) {
        return;
      }
      SSLContext context = encryption;
      if (command.equals("STARTTLS") && context != null) {
        socket = encrypted(socket, context);
        lines = lines(socket);
      }
      within = command.equals("DATA") && !answers.getOrDefault("DATA", "354").startsWith("5");
    }
  }

  /** False if the conversation is over. */
  private boolean answer(Socket socket, String command) throws IOException {
    String answer = answers.getOrDefault(command, USUAL.getOrDefault(command, "250 fine"));
    if (answer.equals(CUT)) {
      socket.setSoLinger(true, 0);
      socket.close();
      return false;
    }
    if (answer.equals(SILENCE)) {
      silent.run();
      return true;
    }
    OutputStream out = socket.getOutputStream();
    out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return true;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
