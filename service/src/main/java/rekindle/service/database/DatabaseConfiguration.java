package rekindle.service.database;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** Which PostgreSQL the service uses, and how: section {@code database} of the configuration. */
public final class DatabaseConfiguration {
  private static final String URL_START = "jdbc:postgresql:";

  @JsonProperty @NotNull private String url = "";
  @JsonProperty @NotNull private String user = "";
  @JsonProperty @NotNull private String password = "";

  @JsonProperty
  @Min(4)
  @Max(900)
  private int connectionsMax = 24;

  @JsonProperty
  @NotNull
  @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
  @MaxDuration(value = 1, unit = TimeUnit.MINUTES)
  private Duration connectionWait = Duration.seconds(5);

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 10, unit = TimeUnit.MINUTES)
  private Duration statementTimeout = Duration.seconds(30);

  @JsonProperty
  @NotNull
  @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
  @MaxDuration(value = 1, unit = TimeUnit.MINUTES)
  private Duration lockTimeout = Duration.seconds(5);

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 1, unit = TimeUnit.MINUTES)
  private Duration idleInTransactionTimeout = Duration.seconds(10);

  @JsonProperty @Valid @NotNull
  private EmbeddedConfiguration embedded = new EmbeddedConfiguration();

  /** The defaults: PostgreSQL from the jar. */
  public static DatabaseConfiguration ofEmbedded() {
    return new DatabaseConfiguration();
  }

  /** A server that runs already. */
  public static DatabaseConfiguration of(String url, String user, String password) {
    var configuration = new DatabaseConfiguration();
    configuration.url = url;
    configuration.user = user;
    configuration.password = password;
    return configuration;
  }

  /** JDBC URL; empty for the embedded server. */
  public String url() {
    return url;
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  public boolean embeds() {
    return url.isEmpty();
  }

  public EmbeddedConfiguration embedded() {
    return embedded;
  }

  /** Connections that the pool holds at most. */
  public int connectionsMax() {
    return connectionsMax;
  }

  /** How long a caller waits for a connection of the pool. */
  public Duration connectionWait() {
    return connectionWait;
  }

  public Duration statementTimeout() {
    return statementTimeout;
  }

  public Duration lockTimeout() {
    return lockTimeout;
  }

  public Duration idleInTransactionTimeout() {
    return idleInTransactionTimeout;
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "url must be empty, for the embedded server, or start with jdbc:postgresql:, for example"
              + " jdbc:postgresql://db.example.com:5432/rekindle")
  public boolean isUrlOfPostgresql() {
    return url.isEmpty() || url.startsWith(URL_START);
  }

  @JsonIgnore
  @ValidationMethod(
      message = "user and password belong to a url: give the url too, or leave all three empty")
  public boolean isUserGivenWithUrl() {
    return !url.isEmpty() || (user.isEmpty() && password.isEmpty());
  }

  @JsonIgnore
  @ValidationMethod(
      message = "connectionsMax must leave 5 connections of embedded.connectionsMax to others")
  public boolean isPoolWithinEmbedded() {
    return !url.isEmpty() || connectionsMax + 5 <= embedded.connectionsMax();
  }
}
