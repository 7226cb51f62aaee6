package rekindle.rule;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.drools.model.Model;
import org.drools.modelcompiler.CanonicalKieModule;
import org.drools.modelcompiler.CanonicalKieModuleModel;
import org.jspecify.annotations.Nullable;

/** The classes that Drools generated for one release; gone when nothing uses them any more. */
final class GeneratedClasses extends ClassLoader {
  private static final String SUFFIX = ".class";

  private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

  static {
    registerAsParallelCapable();
  }

  /**
   * @param files class files by their path
   */
  GeneratedClasses(Map<String, byte[]> files) {
    super(GeneratedClasses.class.getClassLoader());
    files.forEach(
        (path, content) -> {
          if (path.endsWith(SUFFIX)) {
            String name = path.substring(0, path.length() - SUFFIX.length());
            bytes.put(name.replace('/', '.'), content);
          }
        });
  }

  /**
   * A parent for building that asks nobody for generated names: the class loaders of the JDK keep
   * every name that they were ever asked for.
   */
  static ClassLoader outside() {
    return new Outside();
  }

  private static final class Outside extends ClassLoader {
    private static final String PATH = RuleSheet.PACKAGE.replace('.', '/');

    Outside() {
      super(GeneratedClasses.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(RuleSheet.PACKAGE)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
      return name.startsWith(PATH) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith(PATH) ? Collections.emptyEnumeration() : super.getResources(name);
    }
  }

  /** The rules as Drools describes them to itself, made anew with each call. */
  Collection<Model> models() {
    List<String> names =
        bytes.keySet().stream()
            .filter(n -> n.startsWith(CanonicalKieModule.PROJECT_MODEL_CLASS))
            .toList();
    if (names.size() != 1) {
      throw new IllegalStateException("expected one model of the rules, found " + names);
    }
    try {
      Object model = loadClass(names.get(0)).getConstructor().newInstance();
      return ((CanonicalKieModuleModel) model).getModels();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the model of the rules does not load", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the model of the rules does not load", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    byte[] content = bytes.get(name);
    if (content == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? defineClass(name, content, 0, content.length) : loaded;
    }
  }
}
