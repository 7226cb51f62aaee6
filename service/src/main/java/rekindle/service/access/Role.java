package rekindle.service.access;

import java.util.Locale;

/** What a caller is allowed to do, as the contract, section 4, names it. */
public enum Role {
  SENDER,
  OPERATOR,
  AUTHOR,
  APPROVER,
  AUDITOR,
  ADMIN;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
