package rekindle.service.page;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom people know: how pages for them look and whom they name. */
public final class Brand {
  private static final long LOGO_BYTES_MAX = 100 * 1024;
  private static final Map<String, String> IMAGES =
      Map.of("png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg", "svg", "image/svg+xml");

  @JsonProperty @NotBlank private String name = "Our company";

  @JsonProperty
  @NotNull
  @Pattern(regexp = "#[0-9a-fA-F]{6}", message = "must be written like #1d4f91")
  private String colour = "#1d4f91";

  @JsonProperty @NotNull private String logo = "";
  @JsonProperty @NotNull private String contact = "";
  @JsonProperty @NotNull private String postalAddress = "";
  @JsonProperty @NotNull private String privacyUrl = "";

  public String name() {
    return name;
  }

  public String colour() {
    return colour;
  }

  /** Empty if there is none. */
  public String contact() {
    return contact;
  }

  /** Empty if there is none. */
  public String postalAddress() {
    return postalAddress;
  }

  /** Empty if there is none. */
  public String privacyUrl() {
    return privacyUrl;
  }

  /**
   * The image as a data URI, so that a page loads nothing; null if there is none.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public @Nullable String logo() {
    if (logo.isBlank()) {
      return null;
    }
    try {
      return "data:"
          + IMAGES.get(ending())
          + ";base64,"
          + Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(logo)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String ending() {
    return logo.substring(logo.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  @JsonIgnore
  @ValidationMethod(
      message =
          "publicPages.brand.logo must name a readable file of at most 100 KiB that ends in .png,"
              + " .jpg, .jpeg or .svg")
  public boolean isLogoUsable() {
    if (logo.isBlank()) {
      return true;
    }
    try {
      return IMAGES.containsKey(ending()) && Files.size(Path.of(logo)) <= LOGO_BYTES_MAX;
    } catch (IOException none) {
      return false;
    }
  }

  @JsonIgnore
  @ValidationMethod(message = "publicPages.brand.privacyUrl must begin with https://")
  public boolean isPrivacyUrlUsable() {
    URI uri = PublicPages.uri(privacyUrl);
    return privacyUrl.isEmpty() || (uri != null && "https".equals(uri.getScheme()));
  }
}
