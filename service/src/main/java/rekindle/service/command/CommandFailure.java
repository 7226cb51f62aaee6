package rekindle.service.command;

import java.util.Optional;

/**
 * Ends a command with a status. The message is for the person at the terminal: one line that says
 * what stood in the way and what to do; empty if everything has been said already.
 */
public final class CommandFailure extends RuntimeException {
  /** Some of the input was bad, or the answer is no. */
  public static final int FINDINGS = 1;

  /** The command could not do its work at all. */
  public static final int UNUSABLE = 2;

  private final int status;

  private CommandFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The answer has been written; some of the input was bad, or the answer is no. */
  public static CommandFailure withFindings() {
    return new CommandFailure(FINDINGS, "");
  }

  /** The answer has been written; one line more says what was wrong. */
  public static CommandFailure withFindings(String message) {
    return new CommandFailure(FINDINGS, message);
  }

  /** There is no answer: a file is missing, an option makes no sense. */
  public static CommandFailure unusable(String message) {
    return new CommandFailure(UNUSABLE, message);
  }

  /** What to tell the person; empty if everything has been said already. */
  Optional<String> sentence() {
    return Optional.ofNullable(getMessage()).filter(message -> !message.isEmpty());
  }

  public int status() {
    return status;
  }

  /** A failure is an answer here, not a fault to trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
