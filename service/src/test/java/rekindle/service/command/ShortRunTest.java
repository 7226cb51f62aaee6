package rekindle.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShortRunTest {
  @AfterEach
  void forgetDirectives() throws JMException {
    diagnose("compilerDirectivesClear");
  }

  @Test
  void shortRun_begun_leavesOptimisingCompilerOut() throws JMException {
    ShortRun.begin();

    assertThat(diagnose("compilerDirectivesPrint").split("c2 directives", -1))
        .anyMatch(directive -> directive.contains("Exclude:true"));
  }

  @Test
  void command_thatChecksOrExplains_isShort() {
    assertThat(ShortRun.is(new String[] {"tables", "check"})).isTrue();
    assertThat(ShortRun.is(new String[] {"explain", "facts.json"})).isTrue();
  }

  @Test
  void command_thatMayRunForLong_isNotShort() {
    assertThat(ShortRun.is(new String[] {"server"})).isFalse();
    assertThat(ShortRun.is(new String[] {"decide"})).isFalse();
    assertThat(ShortRun.is(new String[0])).isFalse();
  }

  private static String diagnose(String command) throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), command, null, null);
  }
}
