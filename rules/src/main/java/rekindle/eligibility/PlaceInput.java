package rekindle.eligibility;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of one place compare: Consent, Hours, Caps, Registries, Elements. One input for
 * each place that is looked up.
 */
public final class PlaceInput extends ChannelsInput {
  private final String where;
  private final boolean itself;

  /**
   * @param where a jurisdiction, a group of them, {@code any}, or {@code unknown} where no
   *     candidate is known
   * @param itself whether the place is a candidate itself, not only the parent of one
   */
  PlaceInput(String where, boolean itself, Person person) {
    super(person);
    this.where = where;
    this.itself = itself;
  }

  public String getWhere() {
    return where;
  }

  /** Whether nothing closer than the place is known of one candidate. */
  public String getItself() {
    return itself ? "yes" : "no";
  }

  public @Nullable String getProgram() {
    return person().program();
  }

  public @Nullable String getBusiness() {
    return person().business();
  }

  public @Nullable String getSubscriberType() {
    return person().subscriberType();
  }

  public String getZoneKnown() {
    return person().zoneKnown();
  }

  public @Nullable String getRelationship() {
    return person().relationship();
  }

  public @Nullable String getSource() {
    return person().source();
  }

  /** Lists that have the person's number. */
  public Set<String> getListedOn() {
    return person().listedOn();
  }

  /** Whole months since the person last did anything; unknown is {@link Long#MIN_VALUE}. */
  public long getSilentMonths() {
    return person().silentMonths();
  }

  /** Milliseconds since the person last did anything; unknown is {@link Long#MIN_VALUE}. */
  public long getSilentMs() {
    return person().silentMs();
  }

  public long getPurchaseMonths() {
    return person().purchaseMonths();
  }

  public long getInquiryMonths() {
    return person().inquiryMonths();
  }

  public String getRePermissionAsked() {
    return person().rePermissionAsked();
  }

  /**
   * Whether a list gave one of the answers, and was asked longer ago than the milliseconds, or
   * never.
   */
  public boolean asked(String list, String answers, long olderThanMs) {
    return CodeList.of(answers).takes(person().answer(list))
        && person().answerIsOlder(list, olderThanMs);
  }
}
