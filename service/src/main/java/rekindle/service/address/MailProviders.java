package rekindle.service.address;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** By which rules the providers of mailboxes take several spellings for one. */
final class MailProviders {
  private static final int COLUMNS = 4;

  private static final Map<String, Provider> BY_DOMAIN =
      Lists.read("mail-providers.tsv").stream()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Provider.of(line.split("\t", COLUMNS)))
          .collect(Collectors.toMap(Provider::domain, Function.identity()));

  private MailProviders() {}

  private record Provider(String domain, String canonical, String ignored, String end) {
    static Provider of(String[] cells) {
      return new Provider(cells[0], cells[1], cells[2], cells[3]);
    }

    String mailbox(String local) {
      int tag = end.isEmpty() ? -1 : local.indexOf(end);
      var kept = new StringBuilder();
      (tag > 0 ? local.substring(0, tag) : local)
          .chars()
          .filter(letter -> ignored.indexOf(letter) < 0)
          .forEach(letter -> kept.append((char) letter));
      return kept.isEmpty() ? local : kept.toString();
    }
  }

  /** The one spelling of a mailbox, given a normalised address. */
  static String mailbox(String address) {
    int at = address.lastIndexOf('@');
    Provider provider = BY_DOMAIN.get(address.substring(at + 1));
    return provider == null
        ? address
        : provider.mailbox(address.substring(0, at)) + "@" + provider.canonical();
  }
}
