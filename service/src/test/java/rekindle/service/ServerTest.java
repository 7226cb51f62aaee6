package rekindle.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.command.Terminal;
import rekindle.service.database.TestDatabase;

/** The service as it is wired, on a database that runs already. */
@Timeout(120)
class ServerTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir java.nio.file.Path folder;

  private DropwizardTestSupport<RekindleConfiguration> service() {
    var rekindle =
        new RekindleApplication(
            new Terminal(
                new PrintStream(PrintStream.nullOutputStream()),
                new PrintWriter(new StringWriter())));
    return new DropwizardTestSupport<>(
        RekindleApplication.class,
        "../config.yml",
        ConfigOverride.config("dataFolder", folder.toString()),
        ConfigOverride.config("database.url", DATABASE.url()),
        ConfigOverride.config("database.user", "postgres"),
        ConfigOverride.config("server.applicationConnectors[0].port", "0"),
        ConfigOverride.config("server.adminConnectors[0].port", "0")) {
      @Override
      public io.dropwizard.core.Application<RekindleConfiguration> newApplication() {
        return rekindle;
      }
    };
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return CLIENT.send(request(port, path), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  /** A request that ends when it is told to. */
  @Path("/slow")
  public static final class Slow {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);

    @GET
    @PermitAll
    public String get() throws InterruptedException {
      entered.countDown();
      stopping.await();
      return "whole";
    }
  }

  @Test
  void server_toldToStop_finishesWhatIsUnderWay() throws Exception {
    DropwizardTestSupport<RekindleConfiguration> service = service();
    var slow = new Slow();
    service.addListener(
        new DropwizardTestSupport.ServiceListener<>() {
          @Override
          public void onRun(
              RekindleConfiguration configuration,
              Environment environment,
              DropwizardTestSupport<RekindleConfiguration> support) {
            environment.jersey().register(slow);
          }
        });
    service.before();
    try {
      assertThat(get(service.getAdminPort(), "/healthcheck").body())
          .contains("\"database\":{\"healthy\":true")
          .contains("\"connection-pool\":{\"healthy\":true");
      assertThat(get(service.getLocalPort(), "/nothing").statusCode()).isEqualTo(404);

      CompletableFuture<HttpResponse<String>> underWay =
          CLIENT.sendAsync(
              request(service.getLocalPort(), "/slow"), HttpResponse.BodyHandlers.ofString());
      slow.entered.await();
      service
          .getEnvironment()
          .getApplicationContext()
          .getServer()
          .addEventListener(
              new LifeCycle.Listener() {
                @Override
                public void lifeCycleStopping(LifeCycle server) {
                  slow.stopping.countDown();
                }
              });
      service.getEnvironment().getApplicationContext().getServer().stop();

      assertThat(underWay.get().statusCode()).isEqualTo(200);
      assertThat(underWay.get().body()).isEqualTo("whole");
    } finally {
      service.after();
    }
  }
}
