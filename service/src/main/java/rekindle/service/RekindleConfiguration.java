package rekindle.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Optional;
import rekindle.service.database.DatabaseConfiguration;
import rekindle.service.database.DatabaseLocation;

/**
 * The whole configuration of the service; {@code config.yml} at the top of the repository says each
 * key, its default and what it is. Sections {@code server} and {@code logging} are Dropwizard's.
 */
public final class RekindleConfiguration extends Configuration {
  @JsonProperty @NotBlank private String dataFolder = "./data";
  @JsonProperty @NotNull private String adminKey = "";

  @JsonProperty @Valid @NotNull
  private DatabaseConfiguration database = DatabaseConfiguration.ofEmbedded();

  /** The folder of everything that the service keeps on disk. */
  public Path dataFolder() {
    return Path.of(dataFolder);
  }

  /** The key that becomes the first one, with all roles, if there is none yet. */
  public Optional<String> adminKey() {
    return Optional.of(adminKey).filter(key -> !key.isEmpty());
  }

  public DatabaseConfiguration database() {
    return database;
  }

  /** Where the data is. */
  public DatabaseLocation databaseLocation() {
    return new DatabaseLocation(database, dataFolder());
  }
}
