import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../model/config.js";
import { lineSpan } from "../../model/span.js";
import type { Waiver } from "../../model/waiver.js";
import type { Excuses } from "./rules.js";
import { configDifferences, judgedByBase, keptExcuses, ruleFindings } from "./rules.js";

const FILE = "evidence.waivers.yaml";
const NONE: Excuses = { waivers: [], findingWaivers: [], confirmations: [], baseline: null };

const waiver = (tag: string, line: number, over: Partial<Waiver> = {}): Waiver => ({
  tag,
  verdict: "missing",
  reason: "comes with the next release",
  owner: "ada",
  expires: "2031-01-01",
  span: lineSpan(FILE, line),
  ...over,
});

const confirmation = (tag: string, digit: string) => ({
  tag,
  text: `sha256:${digit.repeat(64)}`,
  reason: "the tests cover it",
  owner: "ada",
  date: "2030-01-01",
  span: lineSpan("evidence.confirmations.yaml", 2),
});

const baseline = (...tags: string[]) => ({
  path: "evidence.baseline.yaml",
  verdicts: tags.map((tag) => ({ tag, verdict: "missing" as const, span: lineSpan("evidence.baseline.yaml", 2) })),
  findings: [],
});

describe("keptExcuses", () => {
  it("applies only what the base has, as the base has it", () => {
    traceSpec("CHANGE-RULES", "CHANGE-RULES-ADDED");
    const before = { ...NONE, waivers: [waiver("BOX-A", 2)], confirmations: [confirmation("BOX-C", "1")] };
    const after = {
      ...NONE,
      waivers: [waiver("BOX-B", 2), waiver("BOX-A", 8, { expires: "2099-01-01" })],
      confirmations: [confirmation("BOX-C", "1"), confirmation("BOX-C", "2")],
      baseline: baseline("BOX-D"),
    };
    const { excuses, differences } = keptExcuses(before, after);
    expect(excuses.waivers).toEqual([waiver("BOX-A", 8)]);
    expect(excuses.confirmations).toEqual([confirmation("BOX-C", "1")]);
    expect(excuses.baseline).toBeNull();
    expect(differences.map(({ kind, subject, change, counts }) => [kind, subject, change, counts])).toEqual([
      ["baseline", "evidence.baseline.yaml", "added", false],
      ["confirmation", "BOX-C sha256:222222222222", "added", false],
      ["waiver", "BOX-A missing", "altered", false],
      ["waiver", "BOX-B missing", "added", false],
    ]);
    expect(ruleFindings(differences).map(({ code, span }) => `${code} ${span.file}:${span.line}`)).toEqual([
      "CHG001 evidence.baseline.yaml:1",
      "CHG001 evidence.confirmations.yaml:2",
      "CHG001 evidence.waivers.yaml:8",
      "CHG001 evidence.waivers.yaml:2",
    ]);
  });

  it("drops at once what the change takes out", () => {
    traceSpec("CHANGE-RULES-REMOVED");
    const before = { ...NONE, waivers: [waiver("BOX-A", 2)], baseline: baseline("BOX-A", "BOX-B") };
    const { excuses, differences } = keptExcuses(before, { ...NONE, baseline: baseline("BOX-B", "BOX-C") });
    expect(excuses.waivers).toEqual([]);
    expect(excuses.baseline?.verdicts.map(({ tag }) => tag)).toEqual(["BOX-B"]);
    expect(differences.map(({ subject, change }) => `${change} ${subject}`)).toEqual([
      "removed BOX-A missing",
      "added BOX-C missing",
      "removed BOX-A missing",
    ]);
  });

  it("reports nothing where both have the same, in another order and place", () => {
    traceSpec("CHANGE-RULES");
    const before = { ...NONE, waivers: [waiver("BOX-A", 2), waiver("BOX-B", 8)], baseline: baseline("BOX-A") };
    const after = { ...before, waivers: [waiver("BOX-B", 3), waiver("BOX-A", 20)] };
    expect(keptExcuses(before, after).differences).toEqual([]);
  });

  it("makes one finding of very many entries of one kind", () => {
    traceSpec("CHANGE-RULES-ADDED");
    const tags = Array.from({ length: 100 }, (_, at) => `BOX-A${at}`);
    const { differences } = keptExcuses({ ...NONE, baseline: baseline() }, { ...NONE, baseline: baseline(...tags) });
    expect(differences).toHaveLength(100);
    expect(ruleFindings(differences).map(({ message }) => message)).toEqual([
      "Unexpected changes of 100 entries of the baselines, expected those of the base",
    ]);
  });
});

describe("the configuration", () => {
  const before = configSchema.parse({ policy: { must: ["proof"] }, severity: { TAG004: "error" } });
  const after = configSchema.parse({ policy: { must: ["any"] }, mode: "report", specs: ["x/**/spec.md"] });

  it("judges as the base has it and reads as the tree has it", () => {
    traceSpec("CHANGE-RULES", "CHANGE-RULES-POLICY");
    const judged = judgedByBase(after, before);
    expect(judged).toMatchObject({
      policy: { must: ["proof"] },
      severity: { TAG004: "error" },
      specs: ["x/**/spec.md"],
    });
    expect(judged.mode).toBeUndefined();
  });

  it("shows every member that differs, and whether it counts already", () => {
    traceSpec("CHANGE-RULES-POLICY");
    const differences = configDifferences(before, after, "evidence.config.json");
    expect(differences.map(({ subject, change, counts }) => `${change} ${subject} ${counts}`)).toEqual([
      "added mode false",
      "altered policy false",
      "altered severity false",
      "altered specs true",
    ]);
    expect(configDifferences(after, after, "evidence.config.json")).toEqual([]);
  });
});
