const OUT_OF_TURN =
  "a turn takes the steps that `enabled` names at its own instant, no step of a round disables another one, and a step " +
  "without an effect is not recorded: of steps out of turn only a broken one would be seen. Random walks and scripts on " +
  "the kernel try them (properties/machine.property.test.ts, simulation/scripts)";

const NO_ENABLING =
  "each origin has its own document, so that a schedule stands in another one than its occurrence and the condition of " +
  "R7 is no question of one document; random walks on the undivided kernel try R7 out of turn";

/**
 * Judges whose guard no simulated run of a sound algorithm meets, each with the argument why it cannot. What is met after
 * all has a wrong argument, and what is not met and not here has none.
 */
export const UNMEETABLE: Readonly<Record<string, string>> = {
  preserved_state_under_disabled_R1: OUT_OF_TURN,
  preserved_state_under_disabled_R3: OUT_OF_TURN,
  preserved_state_under_disabled_R4: OUT_OF_TURN,
  preserved_state_under_disabled_R5: OUT_OF_TURN,
  preserved_state_under_disabled_R6: OUT_OF_TURN,
  preserved_state_under_disabled_R7: NO_ENABLING,
};
