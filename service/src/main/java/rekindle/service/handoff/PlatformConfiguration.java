package rekindle.service.handoff;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A platform that is told by webhook, as {@code config.yml} describes it. */
public final class PlatformConfiguration {
  @JsonProperty
  @NotNull
  @Pattern(
      regexp = "[a-z][a-z0-9_-]{0,39}",
      message = "must be small letters, digits, - and _, at most 40")
  private String name = "";

  @JsonProperty @NotNull private String url = "";
  @JsonProperty @NotNull private String statusUrl = "";
  @JsonProperty @NotNull private List<String> secrets = List.of();
  @JsonProperty private boolean idempotent;
  @JsonProperty private boolean unavailableIsRefusal;
  @JsonProperty private boolean onOwnNetwork;
  @JsonProperty private boolean addresses;
  @JsonProperty private boolean messages;

  @JsonProperty
  @Min(1)
  @Max(256)
  private int connectionsMax = 32;

  public PlatformConfiguration() {}

  /** One that is told notifications and takes no touches. */
  PlatformConfiguration(String name, String url, List<String> secrets, boolean onOwnNetwork) {
    this.name = name;
    this.url = url;
    this.secrets = secrets;
    this.onOwnNetwork = onOwnNetwork;
  }

  public String name() {
    return name;
  }

  public URI url() {
    return URI.create(url);
  }

  /** Null if it cannot be asked. */
  public @Nullable URI statusUrl() {
    return statusUrl.isBlank() ? null : URI.create(statusUrl);
  }

  public List<WebhookSecret> secrets() {
    return secrets.stream().map(WebhookSecret::of).toList();
  }

  /** Whether the same key sent twice makes one message, for certain. */
  public boolean isIdempotent() {
    return idempotent;
  }

  /** Whether its status 503 means that it took nothing, for certain. */
  public boolean isUnavailableRefusal() {
    return unavailableIsRefusal;
  }

  /** Whether it may be reached without TLS and at private addresses. */
  public boolean isOnOwnNetwork() {
    return onOwnNetwork;
  }

  /** Whether it is told the person's address. */
  public boolean tellsAddresses() {
    return addresses;
  }

  /** Whether it is given the whole message. */
  public boolean takesMessages() {
    return messages;
  }

  public int connectionsMax() {
    return connectionsMax;
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "url and statusUrl must be addresses such as https://platform.example.com/touches; http only where"
              + " onOwnNetwork is true")
  public boolean isUrlUsable() {
    return isUsable(url) && (statusUrl.isBlank() || isUsable(statusUrl));
  }

  private boolean isUsable(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && ("https".equals(uri.getScheme()) || (onOwnNetwork && "http".equals(uri.getScheme())));
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "secrets must be one or two secrets, each whsec_ and the Base64 of 24 to 64 bytes; two while one replaces"
              + " the other")
  public boolean isSignable() {
    return (secrets.size() == 1 || secrets.size() == 2)
        && secrets.stream().allMatch(WebhookSecret::isOne);
  }
}
