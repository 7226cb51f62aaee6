package rekindle.service.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.service.handoff.Answer.Kind;
import rekindle.service.message.MailConfiguration;
import rekindle.service.message.MailSender;
import rekindle.service.message.MailServer;

/** What a mail server's answers mean for the touch, for the mailbox and for the server. */
class MailPlatformTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Answer answer(Map<String, String> answers, Addresses addresses) throws Exception {
    try (var server = new MailServer(answers)) {
      ObjectNode configuration =
          JSON.createObjectNode()
              .put("host", "127.0.0.1")
              .put("port", server.port())
              .put("tls", "OFF")
              .put("from", "hello@example.com");
      var sender =
          new MailSender(
              JSON.treeToValue(configuration, MailConfiguration.class), Clock.systemUTC());
      try (var platform = new MailPlatform(sender, addresses)) {
        return platform.handOver(Intents.email("t-1", null));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.1.1 no such user, BOUNCED",
    "550 5.1.10 null MX, BOUNCED",
    "550 5.2.1 mailbox disabled, BOUNCED",
    "550 no such user here, BOUNCED",
    "551 user not local, BOUNCED",
    "553 mailbox name not allowed, BOUNCED",
    "552 5.2.2 mailbox full, REFUSED",
    "554 no, REFUSED",
    "550 5.7.1 your server is blocked, NOT_TAKEN",
    "554 5.7.26 not authenticated, NOT_TAKEN",
    "530 log in first, NOT_TAKEN",
    "450 4.2.1 try later, NOT_TAKEN",
  })
  void answerToTheRecipient_meansTheMailboxOnlyWhereItSaysSo(String answer, Kind kind)
      throws Exception {
    assertThat(answer(Map.of("RCPT", answer), touch -> "zoe@example.net").kind()).isEqualTo(kind);
  }

  @Test
  void server_thatWantsOneLater_mayTakeOthers_unlikeOneThatTakesNothing() throws Exception {
    assertThat(answer(Map.of("RCPT", "451 later"), touch -> "zoe@example.net").isOfTouchAlone())
        .isTrue();
    assertThat(answer(Map.of("CONNECT", "421 busy"), touch -> "zoe@example.net"))
        .satisfies(
            answer -> {
              assertThat(answer.kind()).isEqualTo(Kind.NOT_TAKEN);
              assertThat(answer.isOfTouchAlone()).isFalse();
            });
  }

  @Test
  void touch_withoutAnAddress_isRefused_andOneWhoseAddressCannotBeReadIsMadeAgain()
      throws Exception {
    assertThat(answer(Map.of(), touch -> null).kind()).isEqualTo(Kind.REFUSED);
    Addresses broken =
        touch -> {
          throw new IllegalStateException("no connection");
        };
    assertThat(answer(Map.of(), broken).kind()).isEqualTo(Kind.NOT_TAKEN);
  }
}
