package rekindle.service.intake;

/**
 * Why a contact gets no facts although its own row is fine: a row about the person could not be
 * read, and facts that lack a revocation, a purchase or a registry answer could permit what the
 * whole would forbid.
 */
final class HeldBack {
  private HeldBack() {}

  static String because(String file, long line) {
    return "Left out, since line %d of %s could not be read: facts without it could permit too much."
        .formatted(line, file);
  }
}
