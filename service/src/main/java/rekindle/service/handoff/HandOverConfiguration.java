package rekindle.service.handoff;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.service.store.Notification;

/** The part {@code handOver} of {@code config.yml}: who takes the touches of each channel. */
public final class HandOverConfiguration {
  /** A platform asks for touches itself. */
  public static final String PULL = "pull";

  private static final java.time.Duration SEND_WITHIN = java.time.Duration.ofMinutes(1);
  private static final java.time.Duration OUTCOME_WITHIN = java.time.Duration.ofDays(3);

  @JsonProperty @NotNull private Map<String, String> routes = new TreeMap<>();
  @JsonProperty @NotNull private Map<String, Duration> sendWithin = new TreeMap<>();
  @JsonProperty @NotNull private Map<String, Duration> outcomeWithin = new TreeMap<>();

  @JsonProperty
  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  @MaxDuration(value = 30, unit = TimeUnit.DAYS)
  private Duration doubtWithin = Duration.hours(24);

  @JsonProperty @Valid @NotNull private List<PlatformConfiguration> platforms = List.of();
  @JsonProperty @Valid @NotNull private Receiver notifications = new Receiver();

  /** Whoever is told what is not for one platform. */
  public static final class Receiver {
    @JsonProperty @NotNull private String url = "";
    @JsonProperty @NotNull private List<String> secrets = List.of();
    @JsonProperty private boolean onOwnNetwork;
    @JsonProperty @Valid @NotNull private MailedNotifications mail = new MailedNotifications();

    @JsonIgnore
    @ValidationMethod(
        message =
            "notifications needs a url such as https://hooks.example.com/rekindle and one or two secrets, or neither")
    public boolean isWhole() {
      return url.isBlank()
          ? secrets.isEmpty()
          : configuration().isUrlUsable() && configuration().isSignable();
    }

    private PlatformConfiguration configuration() {
      return new PlatformConfiguration(Notification.EVERYBODY, url, secrets, onOwnNetwork);
    }
  }

  /** Whoever takes the touches of a channel: {@link #PULL} or the name of a platform. */
  public String route(Channel channel) {
    return routes.getOrDefault(channel.code(), PULL);
  }

  /** How long after the decision a platform may send at most. */
  public java.time.Duration sendWithin(Channel channel) {
    return in(sendWithin, channel, SEND_WITHIN);
  }

  /** By when something must be told of a touch that was handed over. */
  public java.time.Duration outcomeWithin(Channel channel) {
    return in(outcomeWithin, channel, OUTCOME_WITHIN);
  }

  /** How long a touch stays in doubt before it is given up as unknown. */
  public java.time.Duration doubtWithin() {
    return doubtWithin.toJavaDuration();
  }

  private static java.time.Duration in(
      Map<String, Duration> durations, Channel channel, java.time.Duration usual) {
    Duration duration = durations.get(channel.code());
    return duration == null ? usual : duration.toJavaDuration();
  }

  public List<PlatformConfiguration> platforms() {
    return platforms;
  }

  /** Whoever is told by e-mail what is not for one platform. */
  public MailedNotifications mailed() {
    return notifications.mail;
  }

  /** Who is told it by webhook; null if nobody is. */
  public @Nullable PlatformConfiguration notified() {
    return notifications.url.isBlank() ? null : notifications.configuration();
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "routes, sendWithin and outcomeWithin are by channel: email, sms, phone, linkedin, whatsapp or paid_media;"
              + " a route is pull, the name of one of platforms or for email smtp, and each platform has a name of its own")
  public boolean isConsistent() {
    var channels = new ArrayList<>(routes.keySet());
    channels.addAll(sendWithin.keySet());
    channels.addAll(outcomeWithin.keySet());
    Set<String> names =
        platforms.stream().map(PlatformConfiguration::name).collect(Collectors.toSet());
    return channels.stream().allMatch(code -> Channel.of(code).isPresent())
        && names.size() == platforms.size()
        && !names.contains(PULL)
        && !names.contains(MailPlatform.NAME)
        && !names.contains(Notification.EVERYBODY)
        && routes.values().stream()
            .allMatch(route -> route.equals(PULL) || names.contains(route) || isMail(route))
        && routes.entrySet().stream()
            .noneMatch(e -> isMail(e.getValue()) && !e.getKey().equals(Channel.EMAIL.code()));
  }

  private static boolean isMail(String route) {
    return route.equals(MailPlatform.NAME);
  }

  /** The endpoints that get a copy of a notification to {@link Notification#EVERYBODY}. */
  public List<String> copies(Notification notification) {
    return notification.endpoint().equals(Notification.EVERYBODY)
        ? notifications.mail.endpoints(notification.kind())
        : List.of();
  }

  /** Whether e-mail goes to a server of one's own. */
  @JsonIgnore
  public boolean isMailed() {
    return isMail(route(Channel.EMAIL));
  }
}
