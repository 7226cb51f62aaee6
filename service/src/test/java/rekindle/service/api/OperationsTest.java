package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import rekindle.service.access.Role;

/** Every operation of the service is closed, unless it stands here. */
class OperationsTest {
  private static final Set<String> PUBLIC =
      Set.of(
          "HealthResource.alive",
          "HealthResource.ready",
          "OpenApiResource.document",
          "ProblemsResource.problem",
          "UnsubscribeResource.act",
          "UnsubscribeResource.show");

  private static List<Method> operations() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("rekindle.service");
    return classes.stream()
        .filter(type -> type.isAnnotatedWith(Path.class))
        .map(JavaClass::getMethods)
        .flatMap(Set::stream)
        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
        .map(JavaMethod::reflect)
        .toList();
  }

  @Test
  void operation_withoutARole_isListedAsPublic() {
    var open = new TreeSet<String>();
    List<Method> operations = operations();
    for (Method operation : operations) {
      if (AccessFeature.isPublic(operation)) {
        open.add(operation.getDeclaringClass().getSimpleName() + "." + operation.getName());
      } else {
        assertThat(AccessFeature.roles(operation))
            .as("%s says which roles open it", operation)
            .hasValueSatisfying(
                roles -> assertThat(roles).isNotEmpty().isSubsetOf(Role.CODES.codes()));
      }
    }
    assertThat(operations).hasSizeGreaterThan(10);
    assertThat(open).isEqualTo(new TreeSet<>(PUBLIC));
  }
}
