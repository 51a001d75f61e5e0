import { traceSpec } from "spec-evidence/vitest";
import { afterAll, describe, expect, test } from "vitest";
import { OpenSpecFolder } from "../../test/support/openspec.js";
import { formatSpan } from "../model/span.js";
import { mergeDelta } from "./merge.js";

const MAIN = "openspec/specs/area/cap/spec.md";
const DELTA = "openspec/changes/my-change/specs/area/cap/spec.md";

const folder = new OpenSpecFolder();
afterAll(() => folder.remove());

function merge(main: string | null, delta: string) {
  return mergeDelta(main === null ? null : { path: MAIN, text: main }, { path: DELTA, text: delta });
}

/** Code, place and related places of each finding. */
function places(merged: ReturnType<typeof merge>): string[] {
  return merged.findings.map((each) =>
    [each.code, formatSpan(each.span), ...each.related.map((related) => formatSpan(related.span))].join(" "),
  );
}

const requirement = (name: string, sentence = "THE system SHALL work.", scenario = "One [CAP-ONE]") =>
  `### Requirement: ${name}\n${sentence}\n\n#### Scenario: ${scenario}\nWHEN x, THE system SHALL do y.`;

const main = (...requirements: string[]) =>
  `# Cap\n\n## Purpose\n\nWhat it is for.\n\n## Requirements\n\n${requirements.join("\n\n")}\n`;

const base = main(requirement("Alpha [CAP-ALPHA]"), requirement("Beta [CAP-BETA]", undefined, "Two [CAP-TWO]"));

describe("identity by tag and by heading", () => {
  test.each([
    ["the title only", "Alpha"],
    ["the title with another tag", "Alpha [CAP-OTHER]"],
    ["the tag under another title", "First [CAP-ALPHA]"],
  ])("a removal by %s", async (_, name) => {
    traceSpec("SPEC-IDENTITY-REMOVED", "SPEC-IDENTITY");
    const delta = `## REMOVED Requirements\n### Requirement: ${name}\n`;
    const merged = merge(base, delta);
    expect(places(merged)).toEqual([`SPEC030 ${DELTA}:2:1 ${MAIN}:9:1`]);
    expect(merged.findings[0]?.tags).toEqual(["CAP-ALPHA"]);
    expect(merged.text).toBe(base);
    expect((await folder.archive(base, delta)).text).toBe(base);
  });

  test("a removal of what nobody knows", () => {
    traceSpec("SPEC-IDENTITY-REMOVED");
    expect(places(merge(base, "## REMOVED Requirements\n### Requirement: Gone [CAP-GONE]\n"))).toEqual([
      `SPEC035 ${DELTA}:2:1`,
    ]);
  });

  test("a changed requirement under another heading", () => {
    traceSpec("SPEC-IDENTITY-MODIFIED", "SPEC-IDENTITY");
    const delta = `## MODIFIED Requirements\n${requirement("First [CAP-ALPHA]")}\n`;
    expect(places(merge(base, delta))).toEqual([`SPEC021 ${DELTA}:2:1`, `SPEC031 ${DELTA}:2:1 ${MAIN}:9:1`]);
  });

  test("a changed scenario under another heading", () => {
    traceSpec("SPEC-IDENTITY-MODIFIED");
    const delta = `## MODIFIED Requirements\n${requirement("Alpha [CAP-ALPHA]", undefined, "Uno [CAP-ONE]")}\n`;
    expect(places(merge(base, delta))).toEqual([
      `SPEC028 ${DELTA}:2:1 ${MAIN}:9:1`,
      `SPEC031 ${DELTA}:5:1 ${MAIN}:12:1`,
    ]);
  });

  test.each([
    ["another tag", "Alpha [CAP-OTHER]"],
    ["no tag", "First"],
  ])("a rename to %s", (_, to) => {
    traceSpec("SPEC-IDENTITY-RENAMED", "SPEC-IDENTITY");
    const delta = `## RENAMED Requirements\n- FROM: \`### Requirement: Alpha [CAP-ALPHA]\`\n- TO: \`### Requirement: ${to}\`\n`;
    const merged = merge(base, delta);
    expect(places(merged)).toEqual([`SPEC032 ${DELTA}:3:1 ${DELTA}:2:1`]);
    expect(merged.findings[0]?.message).toContain("[CAP-ALPHA]");
    expect(merged.text).toContain(`### Requirement: ${to}\n`);
  });

  test("a rename that keeps the tag, or gives a first one", () => {
    traceSpec("SPEC-IDENTITY-RENAMED");
    const before = base.replace(" [CAP-BETA]", "");
    const delta =
      "## RENAMED Requirements\nFROM: ### Requirement: Alpha [CAP-ALPHA]\nTO: ### Requirement: A [CAP-ALPHA]\nFROM: ### Requirement: Beta\nTO: ### Requirement: Beta [CAP-NEW]";
    expect(places(merge(before, delta))).toEqual([]);
  });

  test.each([
    [
      "by a requirement",
      `## ADDED Requirements\n${requirement("New [CAP-ALPHA]", undefined, "S [CAP-S]")}`,
      "2:1",
      "9:1",
    ],
    [
      "by a requirement that another one makes room for",
      `## ADDED Requirements\n${requirement("New [CAP-ALPHA]", undefined, "S [CAP-S]")}\n## REMOVED Requirements\n### Requirement: Alpha [CAP-ALPHA]`,
      "2:1",
      "9:1",
    ],
    [
      "by a scenario",
      `## ADDED Requirements\n${requirement("New [CAP-NEW]", undefined, "S [CAP-TWO]")}`,
      "5:1",
      "18:1",
    ],
    [
      "by a scenario of a changed requirement",
      `## MODIFIED Requirements\n${requirement("Alpha [CAP-ALPHA]")}\n\n#### Scenario: S [CAP-BETA]\nx`,
      "8:1",
      "15:1",
    ],
  ])("a tag used again %s", (_, delta, place, definition) => {
    traceSpec("SPEC-IDENTITY-REUSED", "SPEC-IDENTITY");
    const merged = merge(base, delta);
    expect(places(merged)).toEqual([`SPEC033 ${DELTA}:${place} ${MAIN}:${definition}`]);
    expect(merged.findings[0]?.severity).toBe("error");
    expect(merged.text).not.toBeNull();
  });

  test("a scenario that moves away from a removed requirement keeps its tag", () => {
    traceSpec("SPEC-IDENTITY-REUSED");
    const delta = `## ADDED Requirements\n${requirement("New [CAP-NEW]", undefined, "Two [CAP-TWO]")}\n\n## REMOVED Requirements\n### Requirement: Beta [CAP-BETA]`;
    expect(places(merge(base, delta))).toEqual([]);
  });

  test.each([
    ["of the requirement, dropped", requirement("Alpha"), [`SPEC021 ${DELTA}:2:1`, `SPEC034 ${DELTA}:2:1 ${MAIN}:9:1`]],
    [
      "of the requirement, replaced",
      requirement("Alpha [CAP-NEW]"),
      [`SPEC021 ${DELTA}:2:1`, `SPEC034 ${DELTA}:2:1 ${MAIN}:9:1`],
    ],
    [
      "of a scenario, dropped",
      requirement("Alpha [CAP-ALPHA]", undefined, "One"),
      [`SPEC028 ${DELTA}:2:1 ${MAIN}:9:1`, `SPEC034 ${DELTA}:5:1 ${MAIN}:12:1`],
    ],
    [
      "of a scenario, replaced",
      requirement("Alpha [CAP-ALPHA]", undefined, "one [CAP-NEW]"),
      [`SPEC028 ${DELTA}:2:1 ${MAIN}:9:1`, `SPEC034 ${DELTA}:5:1 ${MAIN}:12:1`],
    ],
  ])("a lost tag %s", (_, entry, expected) => {
    traceSpec("SPEC-IDENTITY-LOST", "SPEC-IDENTITY");
    expect(places(merge(base, `## MODIFIED Requirements\n${entry}\n`))).toEqual(expected);
  });
});
