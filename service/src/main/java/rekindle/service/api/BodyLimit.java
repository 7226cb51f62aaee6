package rekindle.service.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How long the body of an operation may be; without it {@code api.bodySize} holds. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BodyLimit {
  /** For operations that read line by line and limit each line. */
  long UNLIMITED = Long.MAX_VALUE;

  /** Bytes, after decompression. */
  long value();
}
