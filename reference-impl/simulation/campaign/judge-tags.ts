import { CHEAP, PROPERTIES, STEPWISE } from "../../properties/catalogue.js";
import { RESPONSES } from "../../properties/response.js";
import { DETECTORS } from "../forbidden/catalogue.js";
import { AFTER_A_LOSS, LOST_WRITE } from "../lost-writes.js";
import type { RunSettings } from "../run.js";

/** Judges beside the named properties and the events that must not appear. */
const OTHER_JUDGES: Readonly<Record<string, readonly string[]>> = {
  linearizability: ["SIM-LINEAR-MACHINE"],
  differential: ["SIM-DIFFERENTIAL-REPLAY"],
  "every-workflow-ends": ["SIM-LIVE"],
  "workflow-result": ["SIM-LIVE-RESULT"],
  "uncaught-error": ["SIM-LIVE-ERROR"],
  [LOST_WRITE]: ["SIM-LOSS-NOTICED"],
};

/** Properties of answers are judged on what clients saw, too. */
const OF_CLIENTS = RESPONSES.filter(({ from }) => from === "answers").map(
  ({ name, tag }) => [`${name} of clients`, [tag]] as const,
);

const TAGS: ReadonlyMap<string, readonly string[]> = new Map([
  ...PROPERTIES.map(({ name, tag }) => [name, [tag]] as const),
  ...OF_CLIENTS,
  ...DETECTORS.map(({ name, tag }) => [name, [tag]] as const),
  ...Object.entries(OTHER_JUDGES),
]);

const ALWAYS = ["every-workflow-ends", "workflow-result", "uncaught-error"];

/** The requirements that a judge judges; empty for a name that no judge has. */
export function tagsOfJudge(name: string): readonly string[] {
  return TAGS.get(name) ?? [];
}

/** Every judge, in the order in which they are listed. */
export const JUDGES: readonly string[] = [...TAGS.keys()];

/** The judges that look on in a run. */
export function judgesFor(judges: RunSettings["judges"]): readonly string[] {
  const names = (properties: readonly { readonly name: string }[]) => properties.map(({ name }) => name);
  const clients = OF_CLIENTS.map(([name]) => name);
  switch (judges) {
    case "none":
      return ALWAYS;
    case "cheap":
      return [...names(CHEAP), ...clients, ...ALWAYS];
    case "properties":
      return [...names(STEPWISE), ...clients, ...ALWAYS];
    case "all":
      return JUDGES.filter((judge) => judge !== LOST_WRITE);
    case "loss":
      return AFTER_A_LOSS;
  }
}
