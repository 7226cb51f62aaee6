package rekindle.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A way to reach a person. In the order of their codes, which is the order of a decision document.
 */
public enum Channel {
  EMAIL("email"),
  LINKEDIN("linkedin"),
  PAID_MEDIA("paid_media"),
  PHONE("phone"),
  SMS("sms"),
  WHATSAPP("whatsapp");

  /** All channels, in the order of their codes. */
  public static final List<Channel> ALL = List.of(values());

  private static final Map<String, Channel> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Channel::code, Function.identity()));

  private final String code;

  Channel(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  public static Optional<Channel> of(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}
