package rekindle.rule;

/**
 * A stage input that compares nothing but a few codes, such as sequence and program: the same
 * question comes again and again, and its answer is remembered with the release.
 */
public abstract class CodesInput extends StageInput {
  private final Record codes;

  /**
   * @param codes all that the input's properties are read from; a record that no other input has
   */
  protected CodesInput(Record codes) {
    this.codes = codes;
  }

  final Record codes() {
    return codes;
  }
}
