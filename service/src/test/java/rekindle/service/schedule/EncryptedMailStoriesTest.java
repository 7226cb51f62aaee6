package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.message.MailServer;
import rekindle.service.message.TestCertificates;

/** A touch waits for a mail server that can be trusted, and then leaves over TLS. */
class EncryptedMailStoriesTest {
  private static final TestCertificates TRUSTED = TestCertificates.of("dns:localhost");
  private static final TestCertificates STRANGE = TestCertificates.of("dns:localhost");
  private static final MailServer SERVER = server();

  @RegisterExtension
  static final RunningService SERVICE =
      RunningService.ofItsOwn(
          configuration ->
              MailSettings.into(configuration, "localhost", SERVER.port(), "required")
                  .put("certificates", TRUSTED.file().toString()));

  private static MailServer server() {
    try {
      return MailServer.encrypted(STRANGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void after() throws Exception {
    SERVER.close();
  }

  @Test
  void touch_isNotTakenByAServerThatNobodyTrusts_andLeavesOnceOneIs() throws Exception {
    var people = new People(SERVICE);
    people.stalled("tls-1");
    String touch = refused(people);
    assertThat(SERVER.heard()).contains("STARTTLS").noneMatch(line -> line.startsWith("MAIL"));
    SERVER.certificates(TRUSTED);
    JsonNode sent =
        people.touch(touch, found -> found.path("state").textValue().equals("handed_over"));
    assertThat(sent.path("ledger").toString())
        .contains("encryption: unable to find valid certification path");
    assertThat(SERVER.heardEncrypted()).contains("RCPT TO:<tls-1@example.com>");
  }

  /** The touch that was not taken, once it was tried. */
  private static String refused(People people) throws Exception {
    people.look("tls-1", look -> look.startsWith("touch"));
    String touch =
        SERVICE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select id from touch where contact_id = 'tls-1'")
                        .mapTo(String.class)
                        .one());
    people.touch(touch, found -> found.path("ledger").toString().contains("encryption: "));
    return touch;
  }
}
