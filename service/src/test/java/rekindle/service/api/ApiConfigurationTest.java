package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationValidationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import rekindle.service.access.RateLimits.Limits;

class ApiConfigurationTest {
  private static ApiConfiguration read(String yaml) throws IOException, ConfigurationException {
    return new YamlConfigurationFactory<>(
            ApiConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
        .build(
            path -> new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "config.yml");
  }

  @Test
  void configuration_empty_hasGenerousLimits() throws Exception {
    ApiConfiguration standard = read("{}");
    assertThat(standard.limits()).isEqualTo(new Limits(5_000, 10_000, 60));
    assertThat(standard.getBodySize().toBytes()).isEqualTo(1 << 20);
    assertThat(standard.adminKey()).isNull();
  }

  @Test
  void configuration_full_isTaken() throws Exception {
    ApiConfiguration full =
        read(
            """
            adminKey: 0123456789abcdef
            requestsPerSecondPerKey: 0
            burstPerKey: 7
            unknownKeysPerMinutePerAddress: 8
            bodySize: 2MiB
            """);
    assertThat(full.limits()).isEqualTo(new Limits(0, 7, 8));
    assertThat(full.getBodySize().toBytes()).isEqualTo(2 << 20);
    assertThat(full.adminKey()).isEqualTo("0123456789abcdef");
    assertThat(read("adminKey: ''").adminKey()).isNull();
    assertThat(read("adminKey:").adminKey()).isNull();
  }

  @Test
  void configuration_wrong_tellsAllFaultsAndNotTheKey() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    adminKey: too short key
                    requestsPerSecondPerKey: -1
                    burstPerKey: 0
                    unknownKeysPerMinutePerAddress: -1
                    bodySize: 1GiB
                    """))
        .isInstanceOf(ConfigurationValidationException.class)
        .hasMessageContaining("adminKey must have 16 to 512 visible ASCII characters")
        .hasMessageContaining("requestsPerSecondPerKey")
        .hasMessageContaining("burstPerKey")
        .hasMessageContaining("unknownKeysPerMinutePerAddress")
        .hasMessageContaining("bodySize")
        .hasMessageNotContaining("too short key");
  }
}
