package rekindle.service.message;

/** A decision names a template that there is not: tables were changed, and no text was written. */
public final class UnknownTemplate extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownTemplate(String template) {
    super(
        "There is no message template "
            + template
            + "; nothing can be sent for this step until somebody writes it.");
  }
}
