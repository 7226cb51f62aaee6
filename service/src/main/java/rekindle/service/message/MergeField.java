package rekindle.service.message;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a message may say of one contact. Kept apart from facts, because it names people and decides
 * nothing.
 */
public enum MergeField {
  /** How the person is greeted. */
  FIRST_NAME(60),
  /** Where the person works. */
  COMPANY(120),
  /** What the person had or looked at, as it stands in a sentence. */
  PRODUCT(120),
  /** Why it came to nothing, as a clause: {@code the price was above your budget}. */
  LOSS_REASON_TEXT(200),
  /** The price that was quoted, with its currency. */
  QUOTED_PRICE(40),
  /** What the last conversation was about. */
  LAST_TOPIC(200),
  /** What is new and matters to the person, in whole sentences. */
  NEWS_TEXT(300),
  /** How somebody else fared, in whole sentences; it must be true, and theirs to tell. */
  PROOF_TEXT(300),
  /** The conditions of the incentive, in whole sentences. */
  OFFER_TERMS(500),
  /** Who signs. */
  SENDER_NAME(80),
  /** Where a time is picked. */
  CALENDAR_LINK(500, true),
  /** A second time or calendar to pick from. */
  CALENDAR_LINK_2(500, true),
  /** Something of use to read or watch. */
  CONTENT_LINK(500, true),
  /** Where the person goes on: an account, a basket, a plan. */
  ACCOUNT_LINK(500, true),
  /** Where the person confirms that messages are welcome. */
  CONFIRM_LINK(500, true);

  private final int longest;
  private final boolean link;

  MergeField(int longest) {
    this(longest, false);
  }

  MergeField(int longest, boolean link) {
    this.longest = longest;
    this.link = link;
  }

  /** Such as {@code first_name}: its name in templates, in JSON and in the store. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many characters a value may have. */
  public int longest() {
    return longest;
  }

  /** Whether its values are links. */
  public boolean isLink() {
    return link;
  }

  public static Optional<MergeField> of(String code) {
    return Arrays.stream(values()).filter(field -> field.code().equals(code)).findFirst();
  }

  public static Set<String> codes() {
    return new TreeSet<>(List.of(values()).stream().map(MergeField::code).toList());
  }

  /** Whether a text is a link that may stand in a message: https, with a host, without a login. */
  static boolean isUsableLink(String text) {
    URI uri = uri(text);
    return uri != null
        && "https".equalsIgnoreCase(uri.getScheme())
        && uri.getHost() != null
        && uri.getRawUserInfo() == null;
  }

  static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException none) {
      return null;
    }
  }
}
