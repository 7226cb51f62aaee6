package rekindle.service.message;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

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
  @JsonProperty @NotNull private String certificates = "";
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

  MailConfiguration withCertificates(String file) {
    var copy = withLogin(user, password);
    copy.certificates = file;
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

  /**
   * The certificates that alone are trusted where the connection is encrypted; null for those that
   * Java trusts.
   *
   * @throws IllegalStateException if the file cannot be read any more as it could at the start
   */
  @Nullable SSLSocketFactory trusted() {
    try {
      return certificates.isBlank() ? null : TrustedCertificates.of(Path.of(certificates));
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalStateException("mail.certificates cannot be read", unreadable);
    }
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
  @ValidationMethod(
      message =
          "mail.certificates must be a file with certificates in PEM (-----BEGIN CERTIFICATE-----), or empty for"
              + " those that Java trusts")
  public boolean isCertificatesUsable() {
    try {
      return certificates.isBlank() || TrustedCertificates.of(Path.of(certificates)) != null;
    } catch (IOException | GeneralSecurityException | InvalidPathException unreadable) {
      return false;
    }
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
