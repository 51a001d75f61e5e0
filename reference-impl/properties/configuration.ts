import type { ConfigurationProperty } from "./property.js";
import { tagOf } from "./property.js";

const RETRY_POSITIVE = "well_formed_config_retry_positive";

/** What is true of the settings that a server starts with. */
export const CONFIGURATIONS: readonly ConfigurationProperty[] = [
  {
    kind: "configuration",
    name: RETRY_POSITIVE,
    tag: tagOf(RETRY_POSITIVE),
    judge: ({ retryTimeout }) => ({
      met: 1,
      broken: retryTimeout > 0 ? null : `an unclaimed task is offered again after ${retryTimeout} ms`,
    }),
  },
];
