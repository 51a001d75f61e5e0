import { PROPERTIES } from "../../properties/catalogue.js";

/** Judges beside the named properties and the events that must not appear. */
const OTHER_JUDGES: Readonly<Record<string, readonly string[]>> = {
  linearizability: ["SIM-LINEAR-MACHINE"],
  differential: ["SIM-DIFFERENTIAL-REPLAY"],
  "every-workflow-ends": ["SIM-LIVE"],
  "workflow-result": ["SIM-LIVE-RESULT"],
  "uncaught-error": ["SIM-LIVE-ERROR"],
};

const TAGS: ReadonlyMap<string, readonly string[]> = new Map([
  ...PROPERTIES.map(({ name, tag }) => [name, [tag]] as const),
  ...Object.entries(OTHER_JUDGES),
]);

/** The requirements that a judge judges; empty for a name that no judge has. */
export function tagsOfJudge(name: string): readonly string[] {
  return TAGS.get(name) ?? [];
}

/** Every judge, in the order in which they are listed. */
export const JUDGES: readonly string[] = [...TAGS.keys()];
