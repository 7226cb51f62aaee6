package rekindle.service;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import rekindle.service.api.ApiConfiguration;
import rekindle.service.database.DatabaseConfiguration;
import rekindle.service.database.DatabaseLocation;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.message.MailConfiguration;
import rekindle.service.message.MessageConfiguration;
import rekindle.service.page.PublicPages;
import rekindle.service.schedule.ScheduleConfiguration;

/**
 * The whole configuration of the service; {@code config.yml} at the top of the repository says each
 * key, its default and what it is. Sections {@code server} and {@code logging} are Dropwizard's.
 */
public final class RekindleConfiguration extends Configuration {
  @JsonProperty @NotBlank private String dataFolder = "./data";
  @JsonProperty private String identityKeys = "";
  @JsonProperty @Valid @NotNull private ApiConfiguration api = new ApiConfiguration();

  @JsonProperty @Valid @NotNull private PublicPages publicPages = new PublicPages();

  @JsonProperty @Valid @NotNull private MessageConfiguration messages = new MessageConfiguration();

  @JsonProperty @Valid @NotNull private MailConfiguration mail = new MailConfiguration();

  @JsonProperty @Valid @NotNull
  private ScheduleConfiguration schedule = new ScheduleConfiguration();

  @JsonProperty @Valid @NotNull
  private HandOverConfiguration handOver = new HandOverConfiguration();

  @JsonProperty @Valid @NotNull
  private DatabaseConfiguration database = DatabaseConfiguration.ofEmbedded();

  /** The folder of everything that the service keeps on disk. */
  public Path dataFolder() {
    return Path.of(dataFolder);
  }

  /** The file with the keys of identifiers. */
  public Path identityKeys() {
    return identityKeys.isBlank()
        ? dataFolder().resolve("identity-keys.json")
        : Path.of(identityKeys);
  }

  public ApiConfiguration api() {
    return api;
  }

  /** The pages that people see who have no key. */
  public PublicPages publicPages() {
    return publicPages;
  }

  public ScheduleConfiguration schedule() {
    return schedule;
  }

  public HandOverConfiguration handOver() {
    return handOver;
  }

  /** What messages tell besides the brand. */
  public MessageConfiguration messages() {
    return messages;
  }

  /** The server that takes e-mail. */
  public MailConfiguration mail() {
    return mail;
  }

  public DatabaseConfiguration database() {
    return database;
  }

  @JsonIgnore
  @ValidationMethod(message = "handOver.routes.email is smtp, and mail.host is empty")
  public boolean isMailReachable() {
    return !handOver.isMailed() || mail.isOn();
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "handOver.notifications.mail.to names somebody, and mail.host is empty: name the server, or nobody")
  public boolean isTeamReachable() {
    return handOver.mailed().to().isEmpty() || mail.isOn();
  }

  /** Where the data is. */
  public DatabaseLocation databaseLocation() {
    return new DatabaseLocation(database, dataFolder());
  }
}
