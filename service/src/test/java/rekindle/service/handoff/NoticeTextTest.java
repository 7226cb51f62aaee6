package rekindle.service.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeTextTest {
  private static NoticeText of(String kind, String data) throws Exception {
    return NoticeText.of(kind, new ObjectMapper().readTree(data), "https://x.example");
  }

  @Test
  void task_thatIsATouch_tellsAllThatIsKnown() throws Exception {
    NoticeText notice =
        of(
            "task.created",
            """
            {"channel":"phone","contactId":"c-1\\nBcc: x","dueBy":"2026-12-02T15:00:00Z","kind":"touch",
             "reason":"social_proof","taskId":"k-1","touchId":"t-1"}
            """);
    assertThat(notice.subject()).isEqualTo("A call is to be made: task k-1");
    assertThat(notice.text())
        .isEqualTo(
            """
            A call is to be made.

            Task: k-1
            Contact: c-1 Bcc: x
            Touch: t-1
            Reason: social_proof
            Channel: phone
            Due by: 2026-12-02T15:00:00Z

            See it:  GET https://x.example/v1/tasks/k-1
            Take it: POST https://x.example/v1/tasks/k-1/claim
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "follow_up, booking, , A booking needs a person: task k-1",
    "follow_up, something_new, , A task needs a person: task k-1",
    "touch, offer, linkedin, A LinkedIn message is to be sent: task k-1",
  })
  void subject_saysWhatIsToBeDone(String kind, String reason, String channel, String subject)
      throws Exception {
    String data =
        "{\"kind\":\"%s\",\"reason\":\"%s\",\"channel\":%s,\"taskId\":\"k-1\"}"
            .formatted(kind, reason, channel == null ? "null" : "\"" + channel + "\"");
    assertThat(of("task.created", data).subject()).isEqualTo(subject);
  }

  @Test
  void alarm_saysWhatItIs_andWhenItIsOver() throws Exception {
    String data = "{\"alarm\":\"in_doubt\",\"text\":\"21 touches are in doubt\"}";
    assertThat(of("alarm.raised", data))
        .isEqualTo(
            new NoticeText(
                "Alarm: in_doubt",
                "21 touches are in doubt.\n\nHow the schedule goes: GET https://x.example/v1/schedule\n"));
    assertThat(of("alarm.over", data).subject()).isEqualTo("Alarm is over: in_doubt");
  }

  @Test
  void recall_namesTheTouch() throws Exception {
    assertThat(of("touch.recalled", "{\"touchId\":\"t-1\",\"reason\":\"revocation\"}").subject())
        .isEqualTo("A touch is recalled: t-1");
  }
}
