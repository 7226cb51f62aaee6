package rekindle.service.configuration;

import io.dropwizard.configuration.ConfigurationException;
import java.util.List;

/** A configuration with everything that is wrong with it. */
public final class InvalidConfiguration extends ConfigurationException {
  private static final long serialVersionUID = 1;

  InvalidConfiguration(String path, List<String> errors) {
    super(path, errors);
  }
}
