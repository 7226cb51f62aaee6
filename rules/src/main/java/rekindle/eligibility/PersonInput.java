package rekindle.eligibility;

/** What the tables that do not depend on a place compare: Address and Holds. */
public final class PersonInput extends ChannelsInput {
  PersonInput(Person person) {
    super(person);
  }

  public String getOpenEscalation() {
    return person().openEscalation();
  }

  public String getPrivacyControl() {
    return person().privacyControl();
  }

  public long getTier() {
    return person().tier();
  }

  public String getZoneData() {
    return person().zoneData();
  }
}
