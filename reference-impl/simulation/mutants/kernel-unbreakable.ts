/** Named properties that no defect of the kernel breaks, with the reason. */
export const UNBREAKABLE: Readonly<Record<string, string>> = {
  well_formed_task_resumes_unique:
    "a waiter is drained from a promise once and never registered on a settled one: nothing is learned of twice",
  well_formed_config_retry_positive: "settings are given to the kernel; it makes none",
  SettledPromiseHasNoSubscriptions:
    "it is of implementations that drain at settlement; this one keeps waiters until then",
  NoStrandedListener: "a listener that is left on a settled promise is due, so that the state is not at rest",
  ClockAdvances: "the clock is given to the kernel",
  WeaklyFairOn: "whoever calls the kernel decides which steps are taken",
};
