package rekindle.service.command;

import io.dropwizard.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.service.database.DatabaseFailure;
import rekindle.service.problem.ProblemException;

/** What a failure looks like at the terminal. */
public final class FailureLine {
  private FailureLine() {}

  /** What happened, for the person at the terminal; never a stack trace. */
  public static String of(Throwable failure) {
    if (failure instanceof CommandFailure known) {
      return known.sentence().orElse("");
    }
    if (failure instanceof ConfigurationException || failure instanceof DatabaseFailure) {
      return String.valueOf(failure.getMessage()).strip();
    }
    if (failure instanceof ProblemException refused) {
      @Nullable String detail = refused.problem().detail();
      return detail == null ? refused.problem().title() : detail;
    }
    Optional<BindException> taken = cause(failure, BindException.class);
    if (taken.isPresent()) {
      return "cannot listen: "
          + failure.getMessage()
          + ": another program does already. Stop that one, or set REKINDLE_PORT and REKINDLE_ADMIN_PORT.";
    }
    if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      return of(wrapped.getCause());
    }
    if (failure instanceof NoSuchFileException missing) {
      @Nullable String reason = missing.getReason();
      return missing.getFile() + ": " + (reason == null ? "there is no such file" : reason);
    }
    if (failure instanceof FileAlreadyExistsException there && there.getReason() != null) {
      return there.getFile() + " " + there.getReason();
    }
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": may not be read";
    }
    if (failure instanceof IOException) {
      return "cannot read or write: " + failure.getMessage();
    }
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return "failed unexpectedly: " + failure.getClass().getSimpleName() + ": " + message;
  }

  /** Whether the line says all that there is to say; else a stack trace can help. */
  public static boolean saysAll(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof UncheckedIOException
        || failure instanceof ConfigurationException
        || failure instanceof DatabaseFailure
        || failure instanceof ProblemException
        || cause(failure, BindException.class).isPresent();
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }
}
