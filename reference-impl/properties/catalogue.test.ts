import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CATALOGUE_STATES, CATALOGUE_TRANSITIONS, CHEAP, PROPERTIES, STEPWISE } from "./catalogue.js";
import { tagOf } from "./property.js";

const SPECIFICATION = new URL("../../openspec/specs/durable-properties/spec.md", import.meta.url);

describe("the catalogue", () => {
  it("names every property of the specification, and no other", () => {
    const text = readFileSync(SPECIFICATION, "utf8");
    const specified = [
      ...text.matchAll(/^### Requirement: .* \[([A-Z0-9-]+)\]\n.*\n\n\*\*Property:\*\* `([^`]+)`$/gmu),
    ];
    expect(specified).toHaveLength([...text.matchAll(/^### Requirement/gmu)].length);
    const listed = PROPERTIES.map(({ name, tag }) => `${name} ${tag}`);
    expect(listed.sort()).toEqual(specified.map(([, tag, name]) => `${name} ${tag}`).sort());
    expect(new Set(listed).size).toBe(PROPERTIES.length);
  });

  it("has the public totals", () => {
    expect(CATALOGUE_STATES).toHaveLength(45);
    expect(CATALOGUE_TRANSITIONS).toHaveLength(50);
    expect(PROPERTIES).toHaveLength(140);
  });

  it.each([
    ["well_formed_task_ttl_positive", "PROP-WELL-FORMED-TASK-TTL-POSITIVE"],
    ["NoDeadDispatch", "PROP-NO-DEAD-DISPATCH"],
    ["TaskHasAtMostOneTimer", "PROP-TASK-HAS-AT-MOST-ONE-TIMER"],
    ["wakeMaterializes", "PROP-WAKE-MATERIALIZES"],
    ["preserved_state_under_disabled_R1", "PROP-PRESERVED-STATE-UNDER-DISABLED-R1"],
  ])("tags %s by its words", (name, tag) => {
    expect(tagOf(name)).toBe(tag);
  });

  it("has cheap properties among those judged while a run goes on", () => {
    expect(CHEAP.length).toBeGreaterThan(20);
    expect(CHEAP.every((each) => STEPWISE.includes(each))).toBe(true);
  });
});
