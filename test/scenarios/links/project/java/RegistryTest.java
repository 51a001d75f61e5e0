package boxes;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of Registry; see openFile() for the store. */
class RegistryTest {
  private static final int LIMIT = 64;

  @Test
  @DisplayName("a box is found by its alias")
  void findsByAlias() {
    assert new Registry().find("a") != null;
  }

  @Test
  void refusesSecondAlias() {
    assert !new Registry().add("a");
  }
}
