package rekindle.table;

/** Why a whole file is not read; caught where reading begins. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code finding code
   * @param message what was found and what to do
   */
  Refusal(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
