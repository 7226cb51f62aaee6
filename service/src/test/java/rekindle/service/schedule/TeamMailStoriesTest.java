package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;

/** The team is told by webhook and by e-mail, each until it was taken there. */
class TeamMailStoriesTest {
  private static final int PORT = free();
  private static final GreenMail MAIL =
      new GreenMail(new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static final FakePlatform TEAM = new FakePlatform();

  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration -> {
            ((ObjectNode) configuration.get("schedule")).put("running", true);
            configuration.putObject("publicPages").put("baseUrl", "https://news.example.com/");
            ObjectNode team = configuration.withObject("/handOver/notifications");
            team.put("url", TEAM.url())
                .put("onOwnNetwork", true)
                .putArray("secrets")
                .add(FakePlatform.SECRET);
            team.putObject("mail").putArray("to").add("sales@example.org").add("boss@example.org");
            configuration
                .putObject("mail")
                .put("host", "127.0.0.1")
                .put("port", PORT)
                .put("tls", "off")
                .put("from", "Acme <hello@example.com>");
          });

  private static People people;

  private static int free() {
    try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return nobody.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void before() throws Exception {
    people = new People(SERVICE);
  }

  @AfterAll
  static void after() throws Exception {
    MAIL.stop();
    TEAM.close();
  }

  /** While no server is there, the webhook is told all the same; e-mail follows once it is. */
  @Test
  void yes_isToldToEachMailboxOnce_inWordsWithoutPersonalData_onceTheServerIsBack()
      throws Exception {
    people.stalled("team-1");
    String touch = people.leased("team-1").at("/decision/touch/id").textValue();
    people.confirm(touch, "");
    people.event("team-1", "\"kind\":\"reply\",\"channel\":\"email\",\"disposition\":\"positive\"");
    String task = "";
    while (task.isEmpty()) {
      var told = new ObjectMapper().readTree(TEAM.next().body());
      task =
          told.path("type").textValue().equals("task.created")
              ? told.at("/data/taskId").textValue()
              : "";
    }
    waiting(2);
    MAIL.start();
    assertThat(MAIL.waitForIncomingEmail(30_000, 2)).isTrue();
    waiting(0);
    MimeMessage[] received = MAIL.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(Arrays.stream(received).map(TeamMailStoriesTest::recipient))
        .containsExactlyInAnyOrder("sales@example.org", "boss@example.org");
    MimeMessage message = received[0];
    assertThat(message.getSubject()).isEqualTo("A reply needs a person: task " + task);
    assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(message.getHeader("X-Rekindle-Kind", null)).isEqualTo("task.created");
    assertThat(message.getFrom()[0]).hasToString("Acme <hello@example.com>");
    assertThat(message.getContentType()).startsWith("text/plain");
    assertThat(message.getContent().toString())
        .contains("Task: " + task, "Contact: team-1", "Reason: positive_reply", "Due by: 20")
        .contains("https://news.example.com/v1/tasks/" + task)
        .doesNotContain("team-1@");
    assertThat(told("touch.recalled"))
        .as("the webhook alone is told recalls")
        .isEqualTo("notifications delivered");
  }

  private static String recipient(MimeMessage message) {
    try {
      return message.getAllRecipients()[0].toString();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String told(String kind) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select string_agg(endpoint || case when delivered_at is null then '' else ' delivered' end, ', ')"
                            + " from notification where kind = :kind")
                    .bind("kind", kind)
                    .mapTo(String.class)
                    .one());
  }

  /** Until so many e-mails were tried and not taken. */
  private static void waiting(int wanted) {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    int found = -1;
    while (found != wanted) {
      assertThat(Instant.now()).as("%d tried in vain", found).isBefore(end);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      found =
          SERVICE
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery(
                              "select count(*) from notification where starts_with(endpoint, 'mail:')"
                                  + " and delivered_at is null and message = 'connection'")
                          .mapTo(Integer.class)
                          .one());
    }
  }
}
