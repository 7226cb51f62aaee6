package rekindle.eligibility;

import rekindle.facts.Channel;
import rekindle.rule.StageInput;

/** A stage input with one view for each channel. */
public abstract class ChannelsInput extends StageInput {
  private final Person person;

  ChannelsInput(Person person) {
    this.person = person;
  }

  final Person person() {
    return person;
  }

  public final ChannelView getEmail() {
    return person.view(Channel.EMAIL);
  }

  public final ChannelView getLinkedin() {
    return person.view(Channel.LINKEDIN);
  }

  public final ChannelView getPaidMedia() {
    return person.view(Channel.PAID_MEDIA);
  }

  public final ChannelView getPhone() {
    return person.view(Channel.PHONE);
  }

  public final ChannelView getSms() {
    return person.view(Channel.SMS);
  }

  public final ChannelView getWhatsapp() {
    return person.view(Channel.WHATSAPP);
  }
}
