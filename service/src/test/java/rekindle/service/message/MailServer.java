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

/**
 * A mail server that answers as a test says. An answer without text closes the connection in its
 * place; one that is {@link #SILENCE} never comes.
 */
final class MailServer implements AutoCloseable {
  static final String CUT = "";
  static final String SILENCE = "silence";

  /** The end of the message, as a key of answers. */
  static final String END = ".";

  /** Within the message, after its first line: as a key of answers, what happens there. */
  static final String MIDDLE = "middle";

  private static final Map<String, String> USUAL =
      Map.of("CONNECT", "220 hello", "DATA", "354 go on", "QUIT", "221 bye");

  private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final Map<String, String> answers;
  private final Runnable silent;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * @param answers by command; where it says none, the usual one is given
   */
  MailServer(Map<String, String> answers) throws IOException {
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

  int port() {
    return listening.getLocalPort();
  }

  /** Lines that were heard, outside of messages and within. */
  List<String> heard() {
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

  private void converse(Socket socket) throws IOException {
    var lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    if (!answer(socket, "CONNECT")) {
      return;
    }
    boolean within = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      heard.add(line);
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
