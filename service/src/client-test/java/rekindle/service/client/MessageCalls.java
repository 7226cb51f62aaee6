package rekindle.service.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import rekindle.client.api.MessagesApi;
import rekindle.client.model.ContactContent;
import rekindle.client.model.FactsChannel;
import rekindle.client.model.PreflightMessage;
import rekindle.client.model.PreflightRequest;

/** What messages say, and their check, through the client, about a contact that is there. */
final class MessageCalls {
  private MessageCalls() {}

  static void all(MessagesApi api) throws Exception {
    assertThat(
            api.putContactContent("generated-1", new ContactContent().firstName("Ann"), null)
                .getFields())
        .containsExactly("first_name");
    assertThat(api.getContactContent("generated-1").getFirstName()).isEqualTo("Ann");
    assertThat(
            api.checkMessage(
                    new PreflightRequest()
                        .channel(FactsChannel.SMS)
                        .jurisdictions(List.of("US"))
                        .message(new PreflightMessage().text("hello")))
                .getPasses())
        .isFalse();
  }
}
