package rekindle.service.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.code.Jurisdictions;
import rekindle.json.CanonicalJson;
import rekindle.json.Check;
import rekindle.json.JsonFields;
import rekindle.service.address.PhonePlace;

/**
 * Where somebody may be, by address and telephone number: the candidates that facts carry. Stores
 * and logs nothing. The postal code is read and tells nothing yet.
 */
@Path("/v1/resolve")
@Produces(MediaType.APPLICATION_JSON)
public final class ResolveResource {
  private static final int LONGEST_REGION = 6;
  private static final int LONGEST_POSTAL_CODE = 16;
  private static final int LONGEST_PHONE = 40;

  private static final Check COUNTRY =
      Check.of(
          text -> Jurisdictions.countries().contains(text),
          text ->
              "is no ISO 3166-1 code; write it like US or DE"
                  + (text.equals("UK") ? ". Did you mean GB?" : ""));

  private final Function<List<String>, List<String>> zonesOf;

  /**
   * @param zonesOf all zones of some jurisdictions, by the active release
   */
  public ResolveResource(Function<List<String>, List<String>> zonesOf) {
    this.zonesOf = zonesOf;
  }

  private record Candidates(Set<String> jurisdictions, Set<String> timeZones) {}

  @POST
  @RolesAllowed("sender")
  @Consumes(MediaType.APPLICATION_JSON)
  public byte[] resolve(JsonBody body) {
    Candidates candidates = body.as(this::candidates);
    return new CanonicalJson()
        .startObject()
        .key("jurisdictions")
        .texts(candidates.jurisdictions)
        .key("timeZones")
        .texts(candidates.timeZones)
        .endObject()
        .toBytes();
  }

  private Candidates candidates(JsonFields fields) {
    String country = fields.text("country", 2, COUNTRY);
    String address = region(fields, country);
    fields.text("postalCode", LONGEST_POSTAL_CODE);
    PhonePlace phone = phone(fields, country);
    var jurisdictions = new LinkedHashSet<String>();
    var zones = new LinkedHashSet<String>();
    if (address != null) {
      jurisdictions.add(address);
      zones.addAll(zonesOf.apply(List.of(address)));
    }
    if (phone != null && phone.country() != null) {
      jurisdictions.add(phone.country());
      zones.addAll(
          phone.timeZones().isEmpty()
              ? zonesOf.apply(List.of(phone.country()))
              : phone.timeZones());
    }
    return new Candidates(jurisdictions, zones);
  }

  /** The region if there is one, else the country. */
  private static @Nullable String region(JsonFields fields, @Nullable String country) {
    String region = fields.text("region", LONGEST_REGION);
    if (region == null) {
      return country;
    }
    String code = country != null && region.indexOf('-') < 0 ? country + "-" + region : region;
    boolean known = code.indexOf('-') > 0 && Jurisdictions.isKnown(code);
    if (known && (country == null || code.startsWith(country + "-"))) {
      return code;
    }
    // Where the country is wrong, nothing can be said of its regions.
    if (country != null || fields.node("country") == null) {
      fields.problem(
          "region",
          "\""
              + region
              + "\" is no ISO 3166-2 region of the country; write it like TX beside US, or US-TX");
    }
    return null;
  }

  private static @Nullable PhonePlace phone(JsonFields fields, @Nullable String country) {
    String number = fields.text("phone", LONGEST_PHONE);
    if (number == null) {
      return null;
    }
    Optional<PhonePlace> place = PhonePlace.of(number, country);
    if (place.isEmpty()) {
      fields.problem("phone", "that is no telephone number; write it like +12025550123");
    }
    return place.orElse(null);
  }
}
