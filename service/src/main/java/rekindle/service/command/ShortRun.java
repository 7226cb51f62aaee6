package rekindle.service.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;

/** A process that compiles a policy once, looks at it and ends within seconds. */
public final class ShortRun {
  private static final Set<String> COMMANDS = Set.of("tables", "explain", "simulate");

  /** A directive for the JVM's compilers: the quick one alone. */
  private static final String QUICK = "[{match: \"*.*\", c2: {Exclude: true}}]";

  private ShortRun() {}

  /**
   * Whether the command is such a one.
   *
   * @param arguments those of the process
   */
  public static boolean is(String[] arguments) {
    return arguments.length > 0 && COMMANDS.contains(arguments[0]);
  }

  /** Gives up the JVM's optimising compiler until the process ends, where the JVM offers to. */
  public static void begin() {
    // The optimising compiler takes half of such a process's time, and never gives it back.
    try {
      Path directives = Files.createTempFile("rekindle", ".json");
      try {
        Files.writeString(directives, QUICK);
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "compilerDirectivesAdd",
                new Object[] {new String[] {"\"" + directives + "\""}},
                new String[] {String[].class.getName()});
      } finally {
        Files.delete(directives);
      }
    } catch (IOException | JMException | RuntimeException e) {
      // Another JVM, or no place for the file: the answer is the same, only later.
    }
  }
}
