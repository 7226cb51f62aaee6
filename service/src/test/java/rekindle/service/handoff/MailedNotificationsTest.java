package rekindle.service.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import rekindle.service.store.Notification;

class MailedNotificationsTest {
  private static MailedNotifications of(String json) throws Exception {
    return new ObjectMapper().readValue(json, MailedNotifications.class);
  }

  @Test
  void nobody_isTold_unlessNamed() throws Exception {
    MailedNotifications none = of("{}");
    assertThat(none.endpoints("task.created")).isEmpty();
    assertThat(none.isToUsable() && none.isFromUsable() && none.isKnown()).isTrue();
  }

  @Test
  void recalls_areToldOnlyWhereTheyAreSelected() throws Exception {
    MailedNotifications usual = of("{\"to\":[\"a@x.example\",\"b@x.example\"]}");
    assertThat(usual.endpoints("task.created"))
        .containsExactly(Notification.mailed("a@x.example"), "mail:b@x.example");
    assertThat(usual.endpoints("alarm.raised")).hasSize(2);
    assertThat(usual.endpoints("touch.recalled")).isEmpty();
    assertThat(
            of("{\"to\":[\"a@x.example\"],\"kinds\":[\"touch.recalled\"]}")
                .endpoints("touch.recalled"))
        .hasSize(1);
  }

  @Test
  void mistakes_areTold() throws Exception {
    assertThat(of("{\"to\":[\"Team <a@x.example>\"]}").isToUsable()).isFalse();
    assertThat(of("{\"to\":[\"a@x.example\",\"a@x.example\"]}").isToUsable()).isFalse();
    assertThat(of("{\"from\":\"nobody\"}").isFromUsable()).isFalse();
    assertThat(of("{\"from\":\"Rekindle <r@x.example>\"}").isFromUsable()).isTrue();
    assertThat(of("{\"kinds\":[\"task.made\"]}").isKnown()).isFalse();
    assertThat(of("{\"to\":[\"a@x.example\"],\"kinds\":[]}").isKnown()).isFalse();
  }
}
