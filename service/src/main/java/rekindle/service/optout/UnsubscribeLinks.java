package rekindle.service.optout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.facts.Channel;
import rekindle.service.decide.TouchLinks;
import rekindle.service.store.Identities;

/**
 * Links by which a person says no without a login (RFC 8058). A token is an encrypted and
 * authenticated text that names the contact and the channel: it tells nothing to others, cannot be
 * made or changed by them, and works for as long as the keys of identifiers are kept. Thread-safe.
 */
public final class UnsubscribeLinks implements TouchLinks {
  private static final String KIND = "unsubscribe";
  private static final String FORM = "1";
  private static final int PARTS = 3;
  private static final int LONGEST = 1000;

  private final Identities identities;
  private final String baseUrl;

  /**
   * @param baseUrl of the service as people reach it, without a slash at its end
   */
  public UnsubscribeLinks(Identities identities, String baseUrl) {
    this.identities = identities;
    this.baseUrl = baseUrl;
  }

  /** Whom and what a token is for. */
  public record Link(String contactId, Channel channel) {}

  @Override
  public @Nullable String of(Decision decision) {
    PlannedTouch touch = decision.touch();
    return touch == null || touch.channel() == Channel.PAID_MEDIA || !touch.by().equals("machine")
        ? null
        : baseUrl + "/u/" + token(new Link(decision.contactId(), touch.channel()));
  }

  /** A token; each has other characters. */
  public String token(Link link) {
    Identities.Token sealed =
        identities.token(KIND, FORM + "|" + link.channel().code() + "|" + link.contactId());
    byte[] key = sealed.keyId().getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[1 + key.length + sealed.bytes().length];
    bytes[0] = (byte) key.length;
    System.arraycopy(key, 0, bytes, 1, key.length);
    System.arraycopy(sealed.bytes(), 0, bytes, 1 + key.length, sealed.bytes().length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What a token is for; empty if it is none of ours, or not as we made it. */
  public Optional<Link> open(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      int keyEnd = bytes.length == 0 ? 1 : 1 + bytes[0];
      if (keyEnd < 1 || keyEnd > bytes.length) {
        return Optional.empty();
      }
      String key = new String(bytes, 1, keyEnd - 1, StandardCharsets.US_ASCII);
      String text = identities.text(KIND, key, Arrays.copyOfRange(bytes, keyEnd, bytes.length));
      String[] parts = text.split("\\|", PARTS);
      return Channel.of(parts[1]).map(channel -> new Link(parts[2], channel));
    } catch (IllegalArgumentException | IllegalStateException noneOfOurs) {
      return Optional.empty();
    }
  }
}
