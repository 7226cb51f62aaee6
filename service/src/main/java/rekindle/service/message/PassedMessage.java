package rekindle.service.message;

/** A message that passed {@link Preflight}, which alone makes one: nothing else can be sent. */
public final class PassedMessage {
  private final RenderedMessage message;

  PassedMessage(RenderedMessage message) {
    this.message = message;
  }

  public RenderedMessage message() {
    return message;
  }
}
