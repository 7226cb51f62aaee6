package rekindle.service.intake;

import rekindle.service.intake.ImportJob.Counts;

/** Is told how an import goes on, after each transaction, on the thread that imports. */
public interface ImportWatcher {
  /** Nobody looks. */
  ImportWatcher NONE = new ImportWatcher() {};

  /** Takes each fault and remark, in the order of the file; also those that are not kept. */
  default void finding(IntakeFinding finding) {}

  /** Takes the counts so far. */
  default void progress(Counts counts) {}
}
