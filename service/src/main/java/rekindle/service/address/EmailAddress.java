package rekindle.service.address;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** E-mail addresses: whether the text can be one, and the form in which two are compared. */
public final class EmailAddress {
  private static final Pattern LOCAL =
      Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

  private static final Set<String> DISPOSABLE = Lists.read("disposable-domains.txt");
  private static final Set<String> ROLES = Lists.read("role-accounts.txt");

  private EmailAddress() {}

  /**
   * The address with its domain in ASCII, all in lower case; empty if the text is no address that
   * takes mail: quoted local parts, address literals and bare hosts are none.
   */
  public static Optional<String> normalised(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1
        || at > 64
        || text.length() > 254
        || !LOCAL.matcher(text.substring(0, at)).matches()) {
      return Optional.empty();
    }
    try {
      String domain = IDN.toASCII(text.substring(at + 1)).toLowerCase(Locale.ROOT);
      return DOMAIN.matcher(domain).matches()
          ? Optional.of(text.substring(0, at).toLowerCase(Locale.ROOT) + "@" + domain)
          : Optional.empty();
    } catch (IllegalArgumentException noDomain) {
      return Optional.empty();
    }
  }

  /**
   * The one spelling of the mailbox that an address leads to: what its provider is certain to
   * ignore left out.
   */
  public static String mailbox(String normalised) {
    return MailProviders.mailbox(normalised);
  }

  /** Whether the domain, or one above it, gives addresses to be thrown away after use. */
  public static boolean isDisposable(String normalised) {
    String domain = normalised.substring(normalised.lastIndexOf('@') + 1);
    while (!DISPOSABLE.contains(domain)) {
      int dot = domain.indexOf('.');
      if (dot < 0) {
        return false;
      }
      domain = domain.substring(dot + 1);
    }
    return true;
  }

  /** Whether a desk reads the mail and no single person, such as {@code info@}. */
  public static boolean isRole(String normalised) {
    String local = normalised.substring(0, normalised.lastIndexOf('@'));
    int tag = local.indexOf('+');
    return ROLES.contains(tag > 0 ? local.substring(0, tag) : local);
  }
}
