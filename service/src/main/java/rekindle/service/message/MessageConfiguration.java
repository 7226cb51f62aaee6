package rekindle.service.message;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import rekindle.eligibility.EligibilityVocabularies;

/** The part {@code messages} of {@code config.yml}: what messages tell besides the brand. */
public final class MessageConfiguration {
  @JsonProperty @NotNull private String imprintUrl = "";
  @JsonProperty @NotNull private String phone = "";
  @JsonProperty @NotNull private String freeStopNumber = "";
  @JsonProperty @NotNull private List<String> attested = List.of();

  /** Empty if there is none. */
  public String imprintUrl() {
    return imprintUrl;
  }

  /** The number under which the business is called; empty if there is none. */
  public String phone() {
    return phone;
  }

  /** The number to which STOP costs nothing; empty if there is none. */
  public String freeStopNumber() {
    return freeStopNumber;
  }

  /** Elements that the route of messages fulfils, which no text can show. */
  public Set<String> attested() {
    return Set.copyOf(attested);
  }

  @JsonIgnore
  @ValidationMethod(message = "messages.imprintUrl must begin with https://, or be left empty")
  public boolean isImprintUrlUsable() {
    return imprintUrl.isEmpty() || MergeField.isUsableLink(imprintUrl);
  }

  @JsonIgnore
  @ValidationMethod(message = "messages.attested must list codes such as registered_sender")
  public boolean isAttestedUsable() {
    return attested.stream().allMatch(EligibilityVocabularies.ELEMENT::allows);
  }
}
