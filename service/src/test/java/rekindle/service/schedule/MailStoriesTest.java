package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** E-mail through a server of one's own, from the look at a person to the mailbox. */
class MailStoriesTest {
  private static final GreenMail MAIL = started();

  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration ->
              MailSettings.into(configuration, "127.0.0.1", MAIL.getSmtp().getPort(), "off"));

  private static People people;

  private static GreenMail started() {
    var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    return mail;
  }

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
  }

  @AfterAll
  static void after() {
    MAIL.stop();
  }

  @Test
  void dueTouch_arrivesAsAMessageThatSaysWhatItMust_onceAndNoMore() throws Exception {
    people.stalled("mail-1");
    assertThat(MAIL.waitForIncomingEmail(30_000, 1)).isTrue();
    MimeMessage message = MAIL.getReceivedMessages()[0];
    assertThat(message.getAllRecipients()[0]).hasToString("mail-1@example.com");
    String touch = message.getHeader("X-Rekindle-Touch", null);
    assertThat(message.getHeader("List-Unsubscribe", null))
        .startsWith("<https://news.example.com/u/");
    assertThat(message.getHeader("List-Unsubscribe-Post", null))
        .isEqualTo("List-Unsubscribe=One-Click");
    people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    people.look("mail-1", look -> look.startsWith("touch"));
    assertThat(MAIL.getReceivedMessages()).hasSize(1);
    SERVICE
        .jdbi()
        .useHandle(
            handle -> handle.execute("update touch set watch_until = now() where id = ?", touch));
    people.touch(touch, found -> found.path("state").textValue().equals("done"));
    assertThat(people.get("/v1/touches/" + touch).path("ledger").toString())
        .as("that nothing more is told is no doubt")
        .doesNotContain("in_doubt");
  }
}
