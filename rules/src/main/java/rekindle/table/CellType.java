package rekindle.table;

import java.math.BigDecimal;
import rekindle.code.Vocabulary;

/**
 * What the cells of a column hold. A condition of any type also takes {@code any}; some take {@code
 * unknown}.
 */
public sealed interface CellType {

  /**
   * Codes of a vocabulary: {@code email}, {@code email, sms}, {@code not phone}.
   *
   * @param many whether a list is allowed; in a result the order of the list counts
   */
  record Codes(Vocabulary vocabulary, boolean many) implements CellType {}

  /**
   * ISO 3166-1 alpha-2 or 3166-2 codes, or a group such as EU: {@code US}, {@code US-TX, US-FL},
   * {@code not US-CT}.
   */
  record Jurisdictions(boolean many) implements CellType {}

  /** IANA time zones: {@code America/New_York}; in a result the order counts. */
  record Zones(boolean many) implements CellType {}

  /** A whole number from min to max, both inclusive. */
  record WholeNumber(long min, long max) implements CellType {}

  /** A decimal from min to max with at most scale digits after the point; money is one. */
  record Decimal(BigDecimal min, BigDecimal max, int scale) implements CellType {}

  /**
   * A share from 0 to 1, written {@code 10 %}, {@code 0.1} or {@code 0,1}; four digits after the
   * point.
   */
  record Share() implements CellType {}

  /** {@code yes} or {@code no}; in a condition also {@code unknown}. */
  record YesNo() implements CellType {}

  /** A calendar date, ISO 8601 or a date cell. */
  record Date() implements CellType {}

  /** A time of day to the minute, {@code 08:00} to {@code 24:00}, or {@code closed}. */
  record TimeOfDay() implements CellType {}

  /** A UTC offset, {@code -07:00}. */
  record Offset() implements CellType {}

  /** An instant, RFC 3339 in UTC. */
  record Timestamp() implements CellType {}

  /** An ISO 4217 currency code, {@code USD}. */
  record Currency() implements CellType {}

  /** A stable name: letters, digits, {@code - _ .}, at most 64 characters. */
  record Name() implements CellType {}

  /** Free text that decides nothing, at most 2,000 characters. */
  record Text() implements CellType {}
}
