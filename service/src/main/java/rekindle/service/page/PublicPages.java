package rekindle.service.page;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The part {@code publicPages} of {@code config.yml}. */
public final class PublicPages {
  @JsonProperty @NotNull private String baseUrl = "http://localhost:8080";
  @JsonProperty @Valid @NotNull private Brand brand = new Brand();

  /** Without a slash at its end. */
  public String baseUrl() {
    return baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
  }

  public Brand brand() {
    return brand;
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "publicPages.baseUrl must be an address such as https://news.example.com, without query")
  public boolean isBaseUrlUsable() {
    URI uri = uri(baseUrl);
    return uri != null
        && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
        && uri.getHost() != null
        && uri.getQuery() == null
        && uri.getFragment() == null;
  }

  static @Nullable URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException none) {
      return null;
    }
  }
}
