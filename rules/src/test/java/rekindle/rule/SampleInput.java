package rekindle.rule;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/** A stage input with a property of every kind. */
public class SampleInput extends StageInput {
  private final String key;
  private final @Nullable String code;
  private final @Nullable String program;
  private final Set<String> tags;
  private final long ageMs;
  private final long money;
  private final List<View> views;

  /**
   * @param views of all channels, in their order
   */
  public SampleInput(
      String key,
      @Nullable String code,
      @Nullable String program,
      Set<String> tags,
      long ageMs,
      long money,
      List<View> views) {
    this.key = key;
    this.code = code;
    this.program = program;
    this.tags = tags;
    this.ageMs = ageMs;
    this.money = money;
    this.views = views;
  }

  /** One channel's values. */
  public record View(@Nullable String state, long count) {
    public @Nullable String getState() {
      return state;
    }

    public long getCount() {
      return count;
    }
  }

  /** The same values without hits. */
  public final SampleInput copy() {
    return new SampleInput(key, code, program, tags, ageMs, money, views);
  }

  public final String getKey() {
    return key;
  }

  public final @Nullable String getCode() {
    return code;
  }

  public final @Nullable String getProgram() {
    return program;
  }

  public final Set<String> getTags() {
    return tags;
  }

  public final long getAgeMs() {
    return ageMs;
  }

  public final long getMoney() {
    return money;
  }

  public final View getEmail() {
    return views.get(Channel.EMAIL.ordinal());
  }

  public final View getLinkedin() {
    return views.get(Channel.LINKEDIN.ordinal());
  }

  public final View getPaidMedia() {
    return views.get(Channel.PAID_MEDIA.ordinal());
  }

  public final View getPhone() {
    return views.get(Channel.PHONE.ordinal());
  }

  public final View getSms() {
    return views.get(Channel.SMS.ordinal());
  }

  public final View getWhatsapp() {
    return views.get(Channel.WHATSAPP.ordinal());
  }

  @Override
  public String toString() {
    return "key=%s code=%s program=%s tags=%s ageMs=%d money=%d email=%s"
        .formatted(key, code, program, tags, ageMs, money, getEmail());
  }
}
