package rekindle.rule;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/** A stage input with a property of every kind. */
public final class SampleInput extends StageInput {
  private final String key;
  private final @Nullable String code;
  private final @Nullable String program;
  private final Set<String> tags;
  private final long ageMs;
  private final long money;
  private final View[] views;

  public SampleInput(
      String key,
      @Nullable String code,
      @Nullable String program,
      Set<String> tags,
      long ageMs,
      long money,
      Function<Channel, View> view) {
    this.key = key;
    this.code = code;
    this.program = program;
    this.tags = tags;
    this.ageMs = ageMs;
    this.money = money;
    this.views = Channel.ALL.stream().map(view).toArray(View[]::new);
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
  public SampleInput copy() {
    return new SampleInput(
        key, code, program, tags, ageMs, money, channel -> views[channel.ordinal()]);
  }

  public String getKey() {
    return key;
  }

  public @Nullable String getCode() {
    return code;
  }

  public @Nullable String getProgram() {
    return program;
  }

  public Set<String> getTags() {
    return tags;
  }

  public long getAgeMs() {
    return ageMs;
  }

  public long getMoney() {
    return money;
  }

  public View getEmail() {
    return views[Channel.EMAIL.ordinal()];
  }

  public View getLinkedin() {
    return views[Channel.LINKEDIN.ordinal()];
  }

  public View getPaidMedia() {
    return views[Channel.PAID_MEDIA.ordinal()];
  }

  public View getPhone() {
    return views[Channel.PHONE.ordinal()];
  }

  public View getSms() {
    return views[Channel.SMS.ordinal()];
  }

  public View getWhatsapp() {
    return views[Channel.WHATSAPP.ordinal()];
  }

  @Override
  public String toString() {
    return "key=%s code=%s program=%s tags=%s ageMs=%d money=%d email=%s"
        .formatted(key, code, program, tags, ageMs, money, getEmail());
  }
}
