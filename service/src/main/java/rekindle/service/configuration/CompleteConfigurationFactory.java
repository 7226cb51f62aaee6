package rekindle.service.configuration;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.ConfigurationFactoryFactory;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration and tells everything that is wrong with it at once: unknown keys, values of
 * the wrong kind with the environment variable they came from, and values out of bounds.
 *
 * @param <T> the configuration's class
 */
public final class CompleteConfigurationFactory<T> extends YamlConfigurationFactory<T> {
  private static final String OVERRIDE = "dw.";

  private final Class<T> type;
  private final Validator validator;
  private final ObjectMapper objectMapper;
  private final Map<String, String> environment;

  private CompleteConfigurationFactory(
      Class<T> type,
      Validator validator,
      ObjectMapper objectMapper,
      Map<String, String> environment) {
    super(type, validator, objectMapper, OVERRIDE);
    this.type = type;
    this.validator = validator;
    this.objectMapper =
        objectMapper.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    this.environment = Map.copyOf(environment);
  }

  /**
   * What makes them.
   *
   * @param environment the variables that a configuration may name
   */
  public static <T> ConfigurationFactoryFactory<T> of(Map<String, String> environment) {
    return new ConfigurationFactoryFactory<>() {
      @Override
      public ConfigurationFactory<T> create(
          Class<T> type, Validator validator, ObjectMapper objectMapper, String propertyPrefix) {
        return new CompleteConfigurationFactory<>(type, validator, objectMapper, environment);
      }
    };
  }

  @Override
  public T build(ConfigurationSourceProvider provider, String path)
      throws IOException, ConfigurationException {
    return read(tree(provider, path), path);
  }

  private JsonNode tree(ConfigurationSourceProvider provider, String path)
      throws IOException, ConfigurationException {
    try (InputStream in = provider.open(path);
        JsonParser parser = new YAMLFactory().createParser(in)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      @Nullable JsonNode tree = objectMapper.readTree(parser);
      if (tree == null || tree instanceof MissingNode) {
        throw new InvalidConfiguration(path, List.of("it is empty; the jar's own says all keys"));
      }
      return tree;
    } catch (JsonParseException e) {
      throw new InvalidConfiguration(
          path,
          List.of(
              "line %d, column %d: not valid YAML: %s"
                  .formatted(
                      e.getLocation().getLineNr(),
                      e.getLocation().getColumnNr(),
                      e.getOriginalMessage().lines().findFirst().orElse(""))));
    }
  }

  @Override
  protected T build(JsonNode node, String path) throws IOException, ConfigurationException {
    return read(node, path);
  }

  private T read(JsonNode tree, String path) throws IOException, ConfigurationException {
    var faults = new Faults();
    var substitution = new Substitution(environment);
    JsonNode node = substitution.apply(tree, faults);
    if (!(node instanceof ObjectNode)) {
      throw new InvalidConfiguration(path, List.of("it holds no keys; expected \"key: value\""));
    }
    override(node);
    @Nullable T configuration = bind(new ConfigurationTree(node), substitution, faults);
    if (configuration != null) {
      for (ConstraintViolation<T> violation : validator.validate(configuration)) {
        add(faults, substitution, violation);
      }
    }
    if (configuration == null || !faults.isEmpty()) {
      throw new InvalidConfiguration(path, faults.lines());
    }
    return configuration;
  }

  /** Reads until nothing is in the way, taking out one faulty value after the other. */
  private @Nullable T bind(ConfigurationTree tree, Substitution substitution, Faults faults)
      throws IOException {
    while (true) {
      try (var parser = new TreeTraversingParser(tree.root(), objectMapper)) {
        return objectMapper.readValue(parser, type);
      } catch (JsonMappingException e) {
        Optional<ConfigurationTree.Removed> removed = tree.remove(e.getPath());
        if (removed.isEmpty()) {
          faults.add("", e.getOriginalMessage().lines().findFirst().orElse(""));
          return null;
        }
        String path = removed.get().path();
        faults.addUnread(
            path, Misfit.text(e, path, removed.get().value(), substitution.origin(path)));
      }
    }
  }

  private void override(JsonNode node) {
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(OVERRIDE)) {
        addOverride(node, name.substring(OVERRIDE.length()), System.getProperty(name));
      }
    }
  }

  private void add(Faults faults, Substitution substitution, ConstraintViolation<T> violation) {
    String path = violation.getPropertyPath().toString();
    if (violation.getConstraintDescriptor().getAnnotation() instanceof ValidationMethod) {
      int last = path.lastIndexOf('.');
      faults.add(last < 0 ? "" : path.substring(0, last), violation.getMessage());
    } else if (!faults.isUnread(path)) {
      faults.add(
          path,
          "found %s%s; it %s"
              .formatted(
                  Faults.shown(path, violation.getInvalidValue()),
                  substitution.origin(path),
                  violation.getMessage()));
    }
  }
}
