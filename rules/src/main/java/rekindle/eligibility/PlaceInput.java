package rekindle.eligibility;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of one place compare: Consent, Hours, Caps, Registries, Elements. One input for
 * each place that is looked up.
 */
public final class PlaceInput extends ChannelsInput {
  private final String where;

  /**
   * @param where a jurisdiction, a group of them, {@code any}, or {@code unknown} where no
   *     candidate is known
   */
  PlaceInput(String where, Person person) {
    super(person);
    this.where = where;
  }

  public String getWhere() {
    return where;
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
