package rekindle.service.handoff;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Signed requests to one receiver, after Standard Webhooks 1.0.0. No redirect is followed and
 * nothing is sent twice by itself; a request that takes longer than ten seconds is given up.
 * Thread-safe.
 */
final class Webhook implements AutoCloseable {
  private static final Timeout CONNECT = Timeout.ofSeconds(2);
  private static final long TOTAL_SECONDS = 10;
  private static final int ANSWER_BYTES_MAX = 64 * 1024;
  private static final TimeValue KEPT = TimeValue.ofSeconds(30);
  private static final TimeValue TRUSTED = TimeValue.ofMilliseconds(500);

  private final List<WebhookSecret> secrets;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService watch;

  Webhook(PlatformConfiguration configuration) {
    secrets = configuration.secrets();
    int connections = configuration.connectionsMax();
    var manager =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(
                configuration.isOnOwnNetwork()
                    ? SystemDefaultDnsResolver.INSTANCE
                    : new PublicAddresses())
            .setMaxConnTotal(connections)
            .setMaxConnPerRoute(connections)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(Timeout.ofSeconds(TOTAL_SECONDS))
                    .setTimeToLive(KEPT)
                    .setValidateAfterInactivity(TRUSTED)
                    .build())
            .build();
    client =
        HttpClients.custom()
            .setConnectionManager(manager)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(CONNECT)
                    .setResponseTimeout(Timeout.ofSeconds(TOTAL_SECONDS))
                    .setRedirectsEnabled(false)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .setUserAgent("Rekindle")
            .build();
    var executor = new ScheduledThreadPoolExecutor(1, daemon());
    executor.setRemoveOnCancelPolicy(true);
    watch = executor;
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return task -> {
      var thread = new Thread(task, "webhook-watch");
      thread.setDaemon(true);
      return thread;
    };
  }

  /** A status and as much of the body as anybody should send. */
  record Reply(int status, byte[] body) {}

  /** The request cannot have reached the receiver. */
  static final class Unsent extends Exception {
    private static final long serialVersionUID = 1L;

    Unsent(IOException cause) {
      super(cause.getClass().getSimpleName(), cause);
    }
  }

  /**
   * @param id of the message; repetitions share it
   * @param headers more of them
   * @throws Unsent if no byte of the request was sent
   * @throws IOException if it may have arrived, and nobody knows
   */
  Reply post(URI url, String id, Instant now, byte[] body, Map<String, String> headers)
      throws Unsent, IOException {
    var request = new HttpPost(url);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    headers.forEach(request::setHeader);
    return send(request, id, now, body);
  }

  Reply get(URI url, String id, Instant now) throws Unsent, IOException {
    return send(new HttpGet(url), id, now, new byte[0]);
  }

  private Reply send(HttpUriRequestBase request, String id, Instant now, byte[] body)
      throws Unsent, IOException {
    long seconds = now.getEpochSecond();
    request.setHeader("webhook-id", id);
    request.setHeader("webhook-timestamp", Long.toString(seconds));
    request.setHeader("webhook-signature", WebhookSecret.signatures(secrets, id, seconds, body));
    ScheduledFuture<?> end = watch.schedule(request::abort, TOTAL_SECONDS, TimeUnit.SECONDS);
    try {
      return client.execute(
          request,
          response -> {
            var entity = response.getEntity();
            byte[] answer =
                entity == null || entity.getContent() == null
                    ? new byte[0]
                    : entity.getContent().readNBytes(ANSWER_BYTES_MAX);
            return new Reply(response.getCode(), answer);
          });
    } catch (UnknownHostException
        | HttpHostConnectException
        | ConnectTimeoutException
        | ConnectionRequestTimeoutException unsent) {
      throw new Unsent(unsent);
    } catch (SSLException failed) {
      // Before the handshake is done nothing is sent; afterwards nobody knows.
      if (failed instanceof javax.net.ssl.SSLHandshakeException
          || failed instanceof javax.net.ssl.SSLPeerUnverifiedException) {
        throw new Unsent(failed);
      }
      throw failed;
    } finally {
      end.cancel(false);
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    try {
      client.close();
    } catch (IOException nothingToDo) {
      // It is not used any more.
    }
  }
}
