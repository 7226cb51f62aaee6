package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.RunningService;
import rekindle.service.openapi.Contract;
import rekindle.service.openapi.OpenApiDocument;

class OpenApiResourceTest {
  @RegisterExtension static final RunningService SERVICE = RunningService.shared();

  /** What the document and the resources must tell alike of an operation. */
  private record Told(Set<String> consumes, Set<String> produces, Set<String> roles) {
    /** An operation that reads several formats may be several methods. */
    Told and(Told other) {
      assertThat(other.roles).isEqualTo(roles);
      return new Told(both(consumes, other.consumes), both(produces, other.produces), roles);
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
      var all = new TreeSet<>(some);
      all.addAll(others);
      return all;
    }
  }

  @Test
  void document_isServedToEverybodyAsItIs() throws Exception {
    var response = SERVICE.get("/openapi.json", null);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).contains("public, max-age=3600");
    assertThat(RunningService.json(response)).isEqualTo(OpenApiDocument.read());
  }

  @Test
  void operations_ofTheDocument_areThoseOfTheService() {
    assertThat(ofDocument()).isEqualTo(ofService());
  }

  private static Map<String, Told> ofDocument() {
    var told = new TreeMap<String, Told>();
    for (var operation : new Contract(OpenApiDocument.read()).operations().values()) {
      JsonNode description = operation.description();
      var produces = new TreeSet<String>();
      for (int status : operation.successes()) {
        produces.addAll(names(description.at("/responses/" + status + "/content")));
      }
      var roles = new TreeSet<String>();
      description.path("x-roles").forEach(role -> roles.add(role.textValue()));
      told.put(
          operation.name(),
          new Told(names(description.at("/requestBody/content")), produces, roles));
    }
    return told;
  }

  private static Set<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Map<String, Told> ofService() {
    ResourceConfig config = SERVICE.environment().jersey().getResourceConfig();
    var classes = new LinkedHashSet<Class<?>>(config.getClasses());
    config.getInstances().forEach(instance -> classes.add(instance.getClass()));
    var told = new TreeMap<String, Told>();
    classes.stream()
        .filter(type -> type.isAnnotationPresent(Path.class))
        .forEach(type -> add(Resource.from(type), "", told));
    return told;
  }

  private static void add(Resource resource, String parent, Map<String, Told> told) {
    String path = ("/" + parent + "/" + resource.getPath()).replaceAll("/{2,}", "/");
    for (ResourceMethod method : resource.getResourceMethods()) {
      Method java = method.getInvocable().getHandlingMethod();
      String name = method.getHttpMethod() + " " + path.replaceAll("(?<=.)/$", "");
      var one =
          new Told(
              types(method.getConsumedTypes()),
              types(method.getProducedTypes()),
              AccessFeature.isPublic(java)
                  ? Set.of()
                  : new TreeSet<>(AccessFeature.roles(java).orElseThrow()));
      told.merge(name, one, Told::and);
    }
    resource.getChildResources().forEach(child -> add(child, path, told));
  }

  private static Set<String> types(Collection<MediaType> types) {
    return types.stream()
        // An operation without an answer takes any.
        .filter(type -> !type.isWildcardType())
        .map(type -> type.getType() + "/" + type.getSubtype())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
