package rekindle.service.access;

import java.util.Arrays;
import java.util.Locale;
import rekindle.code.Vocabulary;

/** What a caller is allowed to do, as the contract, section 4, names it. */
public enum Role {
  SENDER,
  OPERATOR,
  AUTHOR,
  APPROVER,
  AUDITOR,
  ADMIN;

  /** The codes of all roles. */
  public static final Vocabulary CODES =
      Vocabulary.of(
          "role",
          "sender",
          "asks for decisions and carries touches out",
          "operator",
          "brings contacts, events and files",
          "author",
          "drafts policies",
          "approver",
          "approves policies that others drafted",
          "auditor",
          "reads, replays and proves",
          "admin",
          "keeps clients and keys");

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role with that code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Role of(String code) {
    return Arrays.stream(values())
        .filter(role -> role.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No role: " + code));
  }
}
