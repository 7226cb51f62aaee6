package rekindle.service.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rekindle.service.RekindleConfiguration;

class CompleteConfigurationFactoryTest {
  private static final Path SHIPPED = Path.of("..", "config.yml");

  private static RekindleConfiguration read(String text, Map<String, String> environment)
      throws IOException, ConfigurationException {
    return CompleteConfigurationFactory.<RekindleConfiguration>of(environment)
        .create(
            RekindleConfiguration.class,
            Validators.newConfiguration()
                .defaultLocale(Locale.ENGLISH)
                .buildValidatorFactory()
                .getValidator(),
            Jackson.newObjectMapper(),
            "dw")
        .build(
            path -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "config.yml");
  }

  private static String shipped() throws IOException {
    return Files.readString(SHIPPED);
  }

  private static int port(RekindleConfiguration configuration) {
    var server = (DefaultServerFactory) configuration.getServerFactory();
    return ((HttpConnectorFactory) server.getApplicationConnectors().get(0)).getPort();
  }

  @Test
  void shippedFile_withoutVariables_holdsTheDefaults() throws Exception {
    RekindleConfiguration configuration = read(shipped(), Map.of("REKINDLE_PORT", ""));
    assertThat(configuration.dataFolder()).isEqualTo(Path.of("./data"));
    assertThat(configuration.api().adminKey()).isNull();
    assertThat(configuration.database())
        .usingRecursiveComparison()
        .isEqualTo(new RekindleConfiguration().database());
    assertThat(port(configuration)).isEqualTo(8080);
  }

  @Test
  void variables_withSignsOfYaml_areTakenAsTheyAre() throws Exception {
    RekindleConfiguration configuration =
        read(
            shipped(),
            Map.of(
                "REKINDLE_PORT", "9000",
                "REKINDLE_DATA", "/a b",
                "REKINDLE_DATABASE_URL", "jdbc:postgresql://db/x",
                "REKINDLE_DATABASE_USER", "u",
                "REKINDLE_DATABASE_PASSWORD", "a: \"b\" # ${HOME} '"));
    assertThat(port(configuration)).isEqualTo(9000);
    assertThat(configuration.dataFolder()).isEqualTo(Path.of("/a b"));
    assertThat(configuration.database().password()).isEqualTo("a: \"b\" # ${HOME} '");
  }

  @Test
  void faults_ofAllKinds_areToldAtOnceWithTheirVariables() throws Exception {
    String text =
        shipped()
            .replace("dataFolder:", "dataFoldr:")
            .replace("  connectionsMax: 24", "  conectionsMax: 24");
    assertThatThrownBy(
            () -> read(text, Map.of("REKINDLE_PORT", "abc", "REKINDLE_ADMIN_PORT", "-1")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(
            """
            config.yml has the following errors:
              * dataFoldr: there is no such key. Did you mean dataFolder?
              * database.conectionsMax: there is no such key. Did you mean connectionsMax?
              * server.adminConnectors[0].port: found "-1" (from REKINDLE_ADMIN_PORT); it must be between 1 and 65535
              * server.applicationConnectors[0].port: found "abc" (from REKINDLE_PORT); expected a whole number
            """
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void mailboxesOfTheTeam_withoutAServer_areAFault() throws Exception {
    String text =
        shipped()
            .replace("      to: []", "      to: [team@example.com, Team <t@example.com>]")
            .replace("kinds: [task.created,", "kinds: [task.made,");
    assertThatThrownBy(() -> read(text, Map.of("REKINDLE_MAIL_CERTIFICATES", "/no/such/file")))
        .hasMessageContaining(
            "handOver.notifications.mail.to names somebody, and mail.host is empty")
        .hasMessageContaining("to must be different mailboxes such as team@example.com")
        .hasMessageContaining("kinds are of task.created, alarm.raised, alarm.over")
        .hasMessageContaining("mail.certificates must be a file with certificates in PEM");
  }

  @Test
  void faults_inOneListAndAcrossKeys_keepTheirPlaces() throws Exception {
    String text =
        """
        database:
          url: mysql://host/x
          password: ${REKINDLE_DATABASE_PASSWORD}
          connectionsMax: 2
          connectionWait: [1]
          lockTimeout: soon
          embedded: {sharedBuffers: much}
        server:
          applicationConnectors:
            - type: htp
            - {type: http, port: x}
            - {type: http, port: 70000}
        """;
    assertThatThrownBy(() -> read(text, Map.of()))
        .hasMessageContaining("database: url must be empty, for the embedded server, or start with")
        .hasMessageContaining(
            "database.password: the environment variable in ${REKINDLE_DATABASE_PASSWORD} is not set")
        .hasMessageContaining(
            "database.connectionsMax: found \"2\"; it must be greater than or equal to 4")
        .hasMessageContaining("database.connectionWait: found a list; expected a duration")
        .hasMessageContaining(
            "database.lockTimeout: found \"soon\"; expected a duration such as 30s")
        .hasMessageContaining(
            "database.embedded.sharedBuffers: found \"much\"; expected a size such as 128MiB")
        .hasMessageContaining("server.applicationConnectors[0]: found type \"htp\"")
        .hasMessageContaining(
            "server.applicationConnectors[1].port: found \"x\"; expected a whole number");
  }

  @Test
  void faults_ofMailAndMessages_areTold() throws Exception {
    String text =
        """
        mail: {host: smtp.example.com, port: 0, tls: off, replyTo: "a@b, c@d"}
        messages: {imprintUrl: "http://example.com", attested: [Registered Sender]}
        """;
    assertThatThrownBy(() -> read(text, Map.of()))
        .hasMessageContaining("mail.from must be a mailbox such as")
        .hasMessageContaining("mail.replyTo must be a mailbox such as")
        .hasMessageContaining("mail.port: found \"0\"; it must be")
        .hasMessageContaining("messages.imprintUrl must begin with https://")
        .hasMessageContaining("messages.attested must list codes such as registered_sender");
    assertThatThrownBy(() -> read("mail: {tls: sometimes}", Map.of()))
        .hasMessageContaining("mail.tls: found \"sometimes\"");
    assertThat(
            read(
                    shipped(),
                    Map.of("REKINDLE_MAIL_HOST", "h", "REKINDLE_MAIL_FROM", "A <a@b.example>"))
                .mail()
                .isOn())
        .isTrue();
    assertThat(read(shipped(), Map.of()).mail().isOn()).isFalse();
  }

  @Test
  void secrets_thatAreWrong_areNotShown() {
    assertThatThrownBy(() -> read("database: {password: [hush]}", Map.of()))
        .hasMessageContaining("database.password: found a list; expected a text")
        .hasMessageNotContaining("hush");
  }

  @Test
  void text_thatIsNoYaml_isToldWithItsLine() {
    assertThatThrownBy(() -> read("a: b: c", Map.of())).hasMessageContaining("line 1, column 5");
    assertThatThrownBy(() -> read("", Map.of())).hasMessageContaining("it is empty");
    assertThatThrownBy(() -> read("text", Map.of())).hasMessageContaining("it holds no keys");
    assertThatThrownBy(() -> read("adminKey: a\nadminKey: b", Map.of()))
        .hasMessageContaining("Duplicate");
  }
}
