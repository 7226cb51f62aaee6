package rekindle.service.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.facts.Channel;
import rekindle.service.message.MailConfiguration.Tls;
import rekindle.service.message.MailResult.Outcome;
import rekindle.service.message.MailResult.Stage;

class MailSenderTest {
  private static final Instant NOW = Instant.parse("2026-12-01T15:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String FROM = "Äcme <hello@example.com>";

  private static final GreenMail GREEN_MAIL =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeAll
  static void start() {
    GREEN_MAIL.start();
  }

  @AfterAll
  static void stop() {
    GREEN_MAIL.stop();
  }

  @BeforeEach
  void purge() throws Exception {
    GREEN_MAIL.purgeEmailFromAllMailboxes();
  }

  private static MailConfiguration to(int port) {
    return new MailConfiguration("127.0.0.1", port, Tls.OPTIONAL, FROM, "answers@example.com");
  }

  private static OutgoingMail mail(String touchId, String to) {
    return new OutgoingMail(touchId, to, ShippedMessages.passed());
  }

  private static MailResult send(MailConfiguration configuration) {
    try (var sender = new MailSender(configuration, CLOCK)) {
      return sender.send(mail("t-9", "zoe@example.net"));
    }
  }

  @Test
  void message_onARealServer_arrivesWhole() throws Exception {
    try (var sender = new MailSender(to(GREEN_MAIL.getSmtp().getPort()), CLOCK)) {
      MailResult result = sender.send(mail("019ca6fd-t", "zoe@example.net"));
      assertThat(result.outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(result.code()).isEqualTo(250);
    }
    assertThat(GREEN_MAIL.getReceivedMessages()).hasSize(1);
    MimeMessage received = GREEN_MAIL.getReceivedMessages()[0];
    assertThat(received.getSubject()).isEqualTo("A way to start that may suit you");
    assertThat(received.getMessageID()).isEqualTo("<019ca6fd-t@example.com>");
    assertThat(received.getSentDate()).isEqualTo(Date.from(NOW));
    var from = (InternetAddress) received.getFrom()[0];
    assertThat(from.getPersonal()).isEqualTo("Äcme");
    assertThat(from.getAddress()).isEqualTo("hello@example.com");
    assertThat(received.getReplyTo()[0]).hasToString("answers@example.com");
    assertThat(received.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("zoe@example.net");
    assertThat(header(received, "Return-Path")).isEqualTo("<hello@example.com>");
    assertThat(header(received, "X-Rekindle-Touch")).isEqualTo("019ca6fd-t");
    assertThat(header(received, "List-Unsubscribe"))
        .isEqualTo("<" + ShippedMessages.UNSUBSCRIBE + ">");
    assertThat(header(received, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    assertThat(received.getContentType()).startsWith("multipart/alternative");
    var parts = (MimeMultipart) received.getContent();
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat((String) parts.getBodyPart(0).getContent())
        .contains("Hi Zoë <b>,", ShippedMessages.UNSUBSCRIBE);
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat((String) parts.getBodyPart(1).getContent()).contains("Hi Zoë &lt;b&gt;,");
  }

  @Test
  void notice_toTheTeam_isPlainAndAsksForNoAnswer() throws Exception {
    try (var sender = new MailSender(to(GREEN_MAIL.getSmtp().getPort()), CLOCK)) {
      var notice =
          new TeamNotice(
              "n-1",
              "Rekindle <r@example.org>",
              "team@example.net",
              "alarm.raised",
              "Alarm: ä",
              "ü\n");
      assertThat(sender.send(notice).outcome()).isEqualTo(Outcome.TAKEN);
    }
    MimeMessage received = GREEN_MAIL.getReceivedMessages()[0];
    assertThat(received.getSubject()).isEqualTo("Alarm: ä");
    assertThat(received.getMessageID()).isEqualTo("<n-1@example.org>");
    assertThat(header(received, "Return-Path")).isEqualTo("<r@example.org>");
    assertThat(header(received, "Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(header(received, "X-Rekindle-Kind")).isEqualTo("alarm.raised");
    assertThat(received.getContentType()).startsWith("text/plain");
    assertThat(received.getContent().toString().strip()).isEqualTo("ü");
    assertThatThrownBy(
            () -> new TeamNotice("n-1", "r@example.org", "t@x.example", "k", "s\r\nBcc: x", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static @Nullable String header(MimeMessage message, String name) throws Exception {
    String[] values = message.getHeader(name);
    assertThat(values).as(name).hasSize(1);
    return values == null ? null : values[0];
  }

  @Test
  void login_thatIsWrong_handsNothingOver() {
    GREEN_MAIL.setUser("kim", "secret");
    GREEN_MAIL.getManagers().getUserManager().setAuthRequired(true);
    int port = GREEN_MAIL.getSmtp().getPort();
    try {
      MailResult refused = send(to(port).withLogin("kim", "wrong"));
      assertThat(refused.outcome()).isEqualTo(Outcome.NOT_TAKEN);
      assertThat(refused.stage()).isEqualTo(Stage.CONNECTION);
      assertThat(send(to(port).withLogin("kim", "secret")).outcome()).isEqualTo(Outcome.TAKEN);
    } finally {
      GREEN_MAIL.getManagers().getUserManager().setAuthRequired(false);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, 554 go away, NOT_TAKEN, CONNECTION",
    "CONNECT, 421 busy, NOT_TAKEN, CONNECTION",
    "EHLO, 554 no, NOT_TAKEN, CONNECTION",
    "MAIL, 550 not you, REFUSED, SENDER",
    "MAIL, 451 later, NOT_TAKEN, SENDER",
    "RCPT, 550 5.1.1 nobody of that name, REFUSED, RECIPIENT",
    "RCPT, 450 greylisted, NOT_TAKEN, RECIPIENT",
    "DATA, 554 no messages today, REFUSED, MESSAGE",
    "DATA, 451 later, NOT_TAKEN, MESSAGE",
    "., 554 5.7.1 looks like spam, REFUSED, MESSAGE",
    "., 452 disk full, NOT_TAKEN, MESSAGE",
    "., 250 queued, TAKEN, MESSAGE",
    "., 252 taken in some way, TAKEN, MESSAGE",
    "., 354 what, IN_DOUBT, MESSAGE",
    "., nonsense, IN_DOUBT, MESSAGE",
    "CONNECT, '', NOT_TAKEN, CONNECTION",
    "EHLO, '', NOT_TAKEN, CONNECTION",
    "MAIL, '', NOT_TAKEN, SENDER",
    "RCPT, '', NOT_TAKEN, RECIPIENT",
    "DATA, '', NOT_TAKEN, MESSAGE",
    "., '', IN_DOUBT, MESSAGE",
    "QUIT, '', TAKEN, MESSAGE",
    "QUIT, 554 no, TAKEN, MESSAGE",
  })
  void answer_ofTheServer_tellsWhoHasTheMessage(
      String command, String answer, Outcome outcome, Stage stage) throws Exception {
    // Both greetings, where the first fails.
    Map<String, String> answers =
        command.equals("EHLO") ? Map.of("EHLO", answer, "HELO", answer) : Map.of(command, answer);
    try (var server = new MailServer(answers)) {
      MailResult result = send(to(server.port()));
      assertThat(result.outcome()).as("%s", result).isEqualTo(outcome);
      assertThat(result.stage()).as("%s", result).isEqualTo(stage);
      if (outcome == Outcome.REFUSED) {
        assertThat(result.code()).isEqualTo(Integer.parseInt(answer.substring(0, 3)));
        assertThat(result.detail()).isEqualTo(answer);
      }
      assertThat(server.heard().stream().filter(line -> line.startsWith("MAIL")))
          .hasSizeLessThan(2);
    }
  }

  /** Larger than what lies between the two, so that its end never left. */
  @Test
  void message_cutInItsMiddle_wasNotTaken() throws Exception {
    String large = "a line that is repeated over and over again\n".repeat(1_000_000);
    try (var server = new MailServer(Map.of(MailServer.MIDDLE, MailServer.CUT));
        var sender = new MailSender(to(server.port()), CLOCK)) {
      MailResult result =
          sender.send(
              new OutgoingMail("t-9", "zoe@example.net", new PassedMessage(plain("s", large))));
      assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.NOT_TAKEN);
      assertThat(result.stage()).isEqualTo(Stage.MESSAGE);
    }
  }

  /** A server that resets after its refusal does not turn the refusal into a doubt. */
  @Test
  void refusal_beforeACut_staysARefusal() throws Exception {
    try (var server = new MailServer(Map.of(MailServer.END, "550 no", "RSET", MailServer.CUT))) {
      assertThat(send(to(server.port())).outcome()).isEqualTo(Outcome.REFUSED);
    }
    try (var server = new MailServer(Map.of("RCPT", "550 no", "RSET", MailServer.CUT))) {
      assertThat(send(to(server.port())).outcome()).isEqualTo(Outcome.REFUSED);
    }
  }

  /** The time runs out exactly when the server should answer and does not. */
  @ParameterizedTest
  @CsvSource({"CONNECT, NOT_TAKEN", "RCPT, NOT_TAKEN", "DATA, NOT_TAKEN", "., IN_DOUBT"})
  void silence_endsAtTheDeadline(String command, Outcome outcome) throws Exception {
    var end = new CompletableFuture<Runnable>();
    MailSender.Timer timer =
        (delay, task) -> {
          end.complete(task);
          return new CompletableFuture<Void>();
        };
    try (var server = new MailServer(Map.of(command, MailServer.SILENCE), () -> end.join().run());
        var sender = new MailSender(to(server.port()), CLOCK, timer)) {
      assertThat(sender.send(mail("t-9", "zoe@example.net")).outcome()).isEqualTo(outcome);
    }
  }

  @Test
  void server_thatIsNotThere_hasNothing() throws Exception {
    int port;
    try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = nobody.getLocalPort();
    }
    MailResult result = send(to(port));
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_TAKEN);
    assertThat(result.code()).isNull();
  }

  @Test
  void line_thatIsAPoint_doesNotEndTheMessage() throws IOException {
    RenderedMessage dotted = plain("s", "a\n.\nb\n..\n");
    try (var server = new MailServer(Map.of());
        var sender = new MailSender(to(server.port()), CLOCK)) {
      MailResult result =
          sender.send(new OutgoingMail("t-9", "zoe@example.net", new PassedMessage(dotted)));
      assertThat(result.outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(server.heard()).containsSubsequence("a", "..", "b", "...", ".");
    }
  }

  @Test
  void header_fromOutside_cannotEndItsLine() {
    for (String touchId : List.of("t\r\nBcc: x", "t>", "", "tö", "t t")) {
      assertThatThrownBy(() -> mail(touchId, "zoe@example.net"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String to :
        List.of(
            "zoe@example.net\r\nRCPT TO:<x@example.net>",
            "zoe@example.net,x@example.net",
            "Zoe <zoe@example.net>",
            "zoe")) {
      assertThatThrownBy(() -> mail("t-9", to)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> plain("s\r\nBcc: x", "t"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RenderedMessage plain(String subject, String text) {
    return new RenderedMessage(
        "x.1.email", Channel.EMAIL, "en", subject, text, null, List.of(), null);
  }

  @Test
  void mailbox_withLettersOfOtherScripts_isRefusedUnlessOnlyItsDomainHasThem() throws Exception {
    try (var server = new MailServer(Map.of());
        var sender = new MailSender(to(server.port()), CLOCK)) {
      assertThat(sender.send(mail("t-9", "zoe@bücher.example")).outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(server.heard()).contains("RCPT TO:<zoe@xn--bcher-kva.example>");
      MailResult result = sender.send(mail("t-9", "zoë@example.net"));
      assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(result.stage()).isEqualTo(Stage.CONNECTION);
    }
  }
}
