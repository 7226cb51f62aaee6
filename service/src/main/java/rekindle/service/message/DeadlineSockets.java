package rekindle.service.message;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;

/**
 * The sockets of one exchange, which can all be closed from outside: a server that answers one byte
 * at a time never runs into a time limit on reading.
 */
final class DeadlineSockets extends SocketFactory {
  private final List<Socket> sockets = new ArrayList<>();
  private boolean over;

  @Override
  public synchronized Socket createSocket() throws IOException {
    var socket = new Socket();
    sockets.add(socket);
    if (over) {
      socket.close();
    }
    return socket;
  }

  /** Ends the exchange, whatever it does. */
  synchronized void close() {
    over = true;
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException closedAnyway) {
        // Closing is all that was wanted.
      }
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw unconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw unconnected();
  }

  /** One that connects by itself would do so without a time limit. */
  private static IOException unconnected() {
    return new IOException("Only sockets that are not connected yet are made here");
  }
}
