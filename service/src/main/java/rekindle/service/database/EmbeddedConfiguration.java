package rekindle.service.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDataSize;
import io.dropwizard.validation.MinDataSize;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** Settings of the PostgreSQL that the service runs itself. */
public final class EmbeddedConfiguration {
  @JsonProperty
  @NotNull
  @MinDataSize(value = 16, unit = DataSizeUnit.MEBIBYTES)
  @MaxDataSize(value = 64, unit = DataSizeUnit.GIBIBYTES)
  private DataSize sharedBuffers = DataSize.mebibytes(128);

  @JsonProperty
  @Min(20)
  @Max(1000)
  private int connectionsMax = 100;

  @JsonProperty
  @NotNull
  @MinDuration(value = 10, unit = TimeUnit.SECONDS)
  private Duration startTimeout = Duration.minutes(5);

  /** Memory for pages that are shared by all sessions. */
  public DataSize sharedBuffers() {
    return sharedBuffers;
  }

  /** Sessions that the server admits. */
  public int connectionsMax() {
    return connectionsMax;
  }

  /** How long a start may take; after a crash it replays what was not yet in the tables. */
  public Duration startTimeout() {
    return startTimeout;
  }
}
