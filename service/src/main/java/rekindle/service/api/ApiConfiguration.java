package rekindle.service.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.validation.MaxDataSize;
import io.dropwizard.validation.MinDataSize;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import rekindle.service.access.FirstKey;
import rekindle.service.access.RateLimits.Limits;

/** The part {@code api} of {@code config.yml}: who may call, how often, and how much at once. */
public final class ApiConfiguration {
  private static final int RATE_MAX = 1_000_000;

  private String adminKey = "";

  @Min(0)
  @Max(RATE_MAX)
  private int requestsPerSecondPerKey = 5_000;

  @Min(1)
  @Max(RATE_MAX)
  private int burstPerKey = 10_000;

  @Min(0)
  @Max(RATE_MAX)
  private int unknownKeysPerMinutePerAddress = 60;

  @NotNull
  @MinDataSize(value = 1, unit = DataSizeUnit.KIBIBYTES)
  @MaxDataSize(value = 64, unit = DataSizeUnit.MEBIBYTES)
  private DataSize bodySize = DataSize.mebibytes(1);

  /** The first key at the first start; null to make one. */
  @JsonIgnore
  public @Nullable String adminKey() {
    return adminKey.isEmpty() ? null : adminKey;
  }

  @JsonProperty
  public void setAdminKey(@Nullable String adminKey) {
    this.adminKey = adminKey == null ? "" : adminKey;
  }

  @JsonIgnore
  @ValidationMethod(
      message = "api.adminKey must have 16 to 512 visible ASCII characters, or be left empty")
  public boolean isAdminKeyUsable() {
    return adminKey.isEmpty() || FirstKey.CHOSEN.matcher(adminKey).matches();
  }

  /** Requests that a key may send in a second; 0 = not limited. */
  @JsonProperty
  public int getRequestsPerSecondPerKey() {
    return requestsPerSecondPerKey;
  }

  @JsonProperty
  public void setRequestsPerSecondPerKey(int requestsPerSecondPerKey) {
    this.requestsPerSecondPerKey = requestsPerSecondPerKey;
  }

  /** Requests that a key may send at once after a pause. */
  @JsonProperty
  public int getBurstPerKey() {
    return burstPerKey;
  }

  @JsonProperty
  public void setBurstPerKey(int burstPerKey) {
    this.burstPerKey = burstPerKey;
  }

  /**
   * Requests with keys that are not valid that an address may send in a minute; 0 = not limited.
   */
  @JsonProperty
  public int getUnknownKeysPerMinutePerAddress() {
    return unknownKeysPerMinutePerAddress;
  }

  @JsonProperty
  public void setUnknownKeysPerMinutePerAddress(int unknownKeysPerMinutePerAddress) {
    this.unknownKeysPerMinutePerAddress = unknownKeysPerMinutePerAddress;
  }

  /** The longest body of a request that is one JSON document. */
  @JsonProperty
  public DataSize getBodySize() {
    return bodySize;
  }

  @JsonProperty
  public void setBodySize(DataSize bodySize) {
    this.bodySize = bodySize;
  }

  Limits limits() {
    return new Limits(requestsPerSecondPerKey, burstPerKey, unknownKeysPerMinutePerAddress);
  }
}
