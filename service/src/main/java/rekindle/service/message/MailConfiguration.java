package rekindle.service.message;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** The part {@code mail} of {@code config.yml}: the server that takes e-mail. */
public final class MailConfiguration {
  private static final int PORT_MAX = 65_535;

  @JsonProperty @NotNull private String host = "";

  @JsonProperty
  @Min(1)
  @Max(PORT_MAX)
  private int port = 587;

  @JsonProperty @NotNull private String user = "";
  @JsonProperty @NotNull private String password = "";
  @JsonProperty @NotNull private Tls tls = Tls.REQUIRED;
  @JsonProperty @NotNull private String from = "";
  @JsonProperty @NotNull private String replyTo = "";

  /** Whether the connection is encrypted by STARTTLS. */
  public enum Tls {
    /** Never. */
    OFF,
    /** Where the server offers it. */
    OPTIONAL,
    /** Else nothing is handed over. */
    REQUIRED
  }

  public MailConfiguration() {}

  MailConfiguration(String host, int port, Tls tls, String from, String replyTo) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.from = from;
    this.replyTo = replyTo;
  }

  MailConfiguration withLogin(String user, String password) {
    var copy = new MailConfiguration(host, port, tls, from, replyTo);
    copy.user = user;
    copy.password = password;
    return copy;
  }

  /** Whether e-mail is sent from here at all. */
  @JsonIgnore
  public boolean isOn() {
    return !host.isBlank();
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** Empty for a server that asks for no login. */
  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  public Tls tls() {
    return tls;
  }

  /** A mailbox with or without a name: {@code Rekindle <hello@example.com>}. */
  public String from() {
    return from;
  }

  /** Empty where answers go to {@link #from()}. */
  public String replyTo() {
    return replyTo;
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "mail.from must be a mailbox such as Acme <hello@example.com>, where mail.host is set")
  public boolean isFromUsable() {
    return from.isBlank() ? !isOn() : isMailbox(from);
  }

  @JsonIgnore
  @ValidationMethod(message = "mail.replyTo must be a mailbox such as hello@example.com, or empty")
  public boolean isReplyToUsable() {
    return replyTo.isBlank() || isMailbox(replyTo);
  }

  /** Whether a text is one mailbox, with or without a name. */
  public static boolean isMailbox(String text) {
    try {
      InternetAddress[] parsed = InternetAddress.parse(text, true);
      if (parsed.length != 1) {
        return false;
      }
      parsed[0].validate();
      return parsed[0].getAddress().indexOf('@') > 0;
    } catch (AddressException none) {
      return false;
    }
  }
}
