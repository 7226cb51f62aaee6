package rekindle.service.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The standard CSV files, as the contract, section 6, names them. */
public enum FileType {
  CONTACTS(CrmShapes.CONTACTS),
  CONSENTS(CrmShapes.CONSENTS),
  SUPPRESSIONS(CrmShapes.SUPPRESSIONS),
  SUBSCRIPTIONS(CrmShapes.SUBSCRIPTIONS),
  ORDERS(CrmShapes.ORDERS),
  DEALS(CrmShapes.DEALS),
  MEETINGS(CrmShapes.MEETINGS),
  ACTIVITIES(CrmShapes.ACTIVITIES),
  REGISTRY(CrmShapes.REGISTRY),
  INCENTIVES(CrmShapes.INCENTIVES),
  WIN_BACKS(CrmShapes.WIN_BACKS);

  private final CsvShape shape;

  FileType(CsvShape shape) {
    this.shape = shape;
  }

  CsvShape shape() {
    return shape;
  }

  /** In lower_snake_case, as callers write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FileType> of(String code) {
    return Arrays.stream(values()).filter(type -> type.code().equals(code)).findFirst();
  }

  /** All codes, in the order in which files are best imported. */
  public static List<String> codes() {
    return Arrays.stream(values()).map(FileType::code).toList();
  }

  /** What to tell somebody who wrote another code: those that there are, and the nearest. */
  public static String expected(String code) {
    return "expected " + Suggestion.anyOf(codes()) + "." + Suggestion.didYouMean(code, codes());
  }
}
