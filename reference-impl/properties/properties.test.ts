import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { DurablePromise, Mode, Settings } from "../kernel/model.js";
import { PROPERTIES } from "./catalogue.js";
import { ANSWER_EXAMPLES, OVERLAPPING } from "./examples/answers.js";
import type { Examples, Subject } from "./examples/example.js";
import { documentOf, EXTERNAL, pending } from "./examples/example.js";
import { OTHER_STEP_EXAMPLES } from "./examples/other-steps.js";
import { PROMISE_STEP_EXAMPLES } from "./examples/promise-steps.js";
import { RUN_EXAMPLES } from "./examples/runs.js";
import { STATE_EXAMPLES } from "./examples/states.js";
import { STORE_STATE_EXAMPLES } from "./examples/store-states.js";
import { TASK_STEP_EXAMPLES } from "./examples/task-steps.js";
import { armingRules } from "./implementation.js";
import type { Judgement, Property } from "./property.js";

const CONFIGURATION_EXAMPLES: Examples = {
  well_formed_config_retry_positive: {
    keeps: { form: "settings", settings: { mode: "strict", retryTimeout: 1 } },
    breaks: [{ form: "settings", settings: { mode: "strict", retryTimeout: 0 } }],
  },
};

const EXAMPLES: Examples = {
  ...STATE_EXAMPLES,
  ...STORE_STATE_EXAMPLES,
  ...PROMISE_STEP_EXAMPLES,
  ...TASK_STEP_EXAMPLES,
  ...OTHER_STEP_EXAMPLES,
  ...ANSWER_EXAMPLES,
  ...RUN_EXAMPLES,
  ...CONFIGURATION_EXAMPLES,
};

/** No state breaks it: see the tests of arming. */
const BROKEN_BY_SERVERS_ALONE = "ArmingIsExternalOnly";

const settingsOf = (mode: Mode = "strict"): Settings => ({ mode, retryTimeout: 40 });

function judged(property: Property, subject: Subject): Judgement {
  const { kind } = property;
  if (kind === "configuration" && subject.form === "settings") return property.judge(subject.settings);
  if (subject.form === "settings") throw new Error(`settings for ${property.name}`);
  const settings = settingsOf(subject.mode);
  if (kind === "state" && subject.form === "state") return property.judge(subject.now, subject.state, settings);
  if (kind === "response" && subject.form === "history") return property.judge(subject.history, settings);
  if (kind === "liveness" && subject.form === "run") return property.judge(subject.run, settings);
  if ((kind === "transition" || kind === "internal-step") && subject.form === "step") {
    return property.judge(subject.step, settings);
  }
  throw new Error(`a ${subject.form} for ${property.name}, which is judged as ${kind}`);
}

describe("every property", () => {
  it("has examples, and there are none of others", () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(PROPERTIES.map(({ name }) => name).sort());
  });

  it.each(PROPERTIES.map((property) => ({ name: property.name, property })))("$name", ({ property }) => {
    traceSpec(property.tag);
    const example = EXAMPLES[property.name];
    const kept = example === undefined ? null : judged(property, example.keeps);
    expect(kept).toMatchObject({ met: expect.any(Number), broken: null });
    expect(kept?.met).toBeGreaterThan(0);
    expect(example?.breaks.length !== 0 || property.name === BROKEN_BY_SERVERS_ALONE).toBe(true);
    for (const subject of example?.breaks ?? []) expect(judged(property, subject).broken).toEqual(expect.any(String));
  });
});

describe("answers that overlap", () => {
  it.each(Object.entries(OVERLAPPING))("are in either order for %s", (name, subject) => {
    const property = PROPERTIES.find((each) => each.name === name);
    if (property === undefined) throw new Error(`no ${name}`);
    traceSpec(property.tag);
    expect(judged(property, subject)).toMatchObject({ broken: null });
  });
});

describe("arming", () => {
  const external = pending({ tags: EXTERNAL, listeners: ["http://x/"] });

  it.each([
    ["ObligationsAreDischargeable", "nothing", () => false, external],
    [
      "ObligationsAreDischargeable",
      "what is targeted alone",
      (p: DurablePromise) => "resonate:target" in p.tags,
      external,
    ],
    ["ArmingIsExternalOnly", "everything", () => true, pending()],
  ])("breaks %s if it is of %s", (name, _, arms, promise) => {
    const property = armingRules(arms).find((each) => each.name === name);
    traceSpec(property?.tag ?? name);
    const found = property?.judge(60, documentOf({ promises: [promise] }), settingsOf());
    expect(found).toMatchObject({ met: 1, broken: expect.any(String) });
  });
});
