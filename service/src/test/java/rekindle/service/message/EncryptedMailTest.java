package rekindle.service.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rekindle.service.message.MailConfiguration.Tls;
import rekindle.service.message.MailResult.Outcome;
import rekindle.service.message.MailResult.Stage;

/** STARTTLS with servers that have certificates, and with those that have none. */
class EncryptedMailTest {
  private static final TestCertificates OF_THE_HOST =
      TestCertificates.of("dns:localhost,ip:127.0.0.1");
  private static final TestCertificates OF_ANOTHER_HOST =
      TestCertificates.of("dns:mail.other.example");

  private static MailConfiguration to(int port, Tls tls) {
    return new MailConfiguration("localhost", port, tls, "Acme <hello@example.com>", "");
  }

  private static MailResult send(MailConfiguration configuration) {
    Clock clock = Clock.fixed(Instant.parse("2026-12-01T15:00:00Z"), ZoneOffset.UTC);
    try (var sender = new MailSender(configuration, clock)) {
      return sender.send(
          new TeamNotice(
              "n-1", "r@example.com", "zoe@example.net", "task.created", "Secret", "Secret\n"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "OPTIONAL"})
  void message_forAServerThatIsTrusted_isToldInTlsAlone(Tls tls) throws Exception {
    try (var server = MailServer.encrypted(OF_THE_HOST)) {
      MailResult result =
          send(to(server.port(), tls).withCertificates(OF_THE_HOST.file().toString()));
      assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.TAKEN);
      assertThat(server.heardEncrypted())
          .contains("RCPT TO:<zoe@example.net>", "Subject: Secret", "Secret", ".");
      // What was told before the handshake.
      assertThat(server.heard().indexOf("STARTTLS")).isEqualTo(1);
      assertThat(server.heard()).hasSize(server.heardEncrypted().size() + 2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "OPTIONAL"})
  void server_whoseCertificateNobodyTrusts_isToldNothing(Tls tls) throws Exception {
    try (var server = MailServer.encrypted(OF_THE_HOST)) {
      refused(
          server,
          send(to(server.port(), tls)),
          "unable to find valid certification path to requested target");
      refused(
          server,
          send(to(server.port(), tls).withCertificates(OF_ANOTHER_HOST.file().toString())),
          "unable to find valid certification path to requested target");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "OPTIONAL"})
  void server_whoseCertificateNamesAnotherHost_isToldNothing(Tls tls) throws Exception {
    try (var server = MailServer.encrypted(OF_ANOTHER_HOST)) {
      refused(
          server,
          send(to(server.port(), tls).withCertificates(OF_ANOTHER_HOST.file().toString())),
          "localhost");
    }
  }

  private static void refused(MailServer server, MailResult result, String why) {
    assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.NOT_TAKEN);
    assertThat(result.stage()).as("%s", result).isEqualTo(Stage.ENCRYPTION);
    assertThat(result.summary()).startsWith("encryption: ").contains(why);
    assertThat(server.heardEncrypted()).isEmpty();
    assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
  }

  @Test
  void encryption_thatIsRequiredAndNotOffered_handsNothingOver() throws Exception {
    try (var server = new MailServer(Map.of())) {
      refused(server, send(to(server.port(), Tls.REQUIRED)), "STARTTLS is required");
    }
  }

  @Test
  void encryption_thatTheServerPutsOff_isNoRefusalOfTheMessage() throws Exception {
    try (var server =
        new MailServer(
            Map.of("EHLO", "250-hello\r\n250 STARTTLS", "STARTTLS", "554 5.7.3 not today"))) {
      refused(server, send(to(server.port(), Tls.REQUIRED)), "554 5.7.3 not today");
    }
  }

  @Test
  void certificates_thatAreNone_areToldAtTheStart(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate\n");
    MailConfiguration usual = to(25, Tls.REQUIRED);
    assertThat(usual.isCertificatesUsable()).isTrue();
    assertThat(usual.withCertificates(OF_THE_HOST.file().toString()).isCertificatesUsable())
        .isTrue();
    assertThat(usual.withCertificates(text.toString()).isCertificatesUsable()).isFalse();
    assertThat(usual.withCertificates(folder + "/nothing").isCertificatesUsable()).isFalse();
  }
}
