import { readFileSync } from "node:fs";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { judgeTag } from "../../../src/evidence/verdict.js";
import type { AlloyModule } from "../../../src/model/alloy.js";
import { ALLOY_OPTIONS } from "../../../src/model/alloy.js";
import type { EvidenceItem } from "../../../src/model/evidence.js";
import { collectFiles } from "../../builders/alloy.js";
import { alloyJar, testAlloy } from "../../builders/alloy-engine.js";
import { aCase, aDefinition, anItem } from "../../builders/case.js";

/** The model of verdicts in our own specification against the code, case by case. */

const SPEC = "openspec/specs/judging/spec.md";

const definition = aDefinition("BOX-OPEN");

/** Every item that can make a difference, as Alloy and as a value. */
const ITEMS = (["own", "inherited"] as const).flatMap((place) =>
  (place === "own" ? (["Implementation", "Behaviour"] as const) : (["Implementation"] as const)).flatMap((kind) =>
    (["Pass", "Fail", "Broken", "Skipped", "Inconclusive"] as const).flatMap((outcome) =>
      [false, true].flatMap((cannotFail) =>
        [false, true].map((outdated) => ({ place, kind, outcome, cannotFail, outdated })),
      ),
    ),
  ),
);

type Shape = (typeof ITEMS)[number];

/** Needs as the sets of kinds each accepts, and as the judge writes them. */
const NEEDS: { alloy: string; needs: string[] }[] = [
  { alloy: "all n: c.needs | n.accepted = Behaviour", needs: ["any"] },
  { alloy: "all n: c.needs | n.accepted = Implementation", needs: ["implementation"] },
  { alloy: "all n: c.needs | n.accepted = Kind", needs: ["any|implementation"] },
  { alloy: exactly("Behaviour", "Implementation"), needs: ["any", "implementation"] },
  { alloy: exactly("Behaviour", "Kind"), needs: ["any", "any|implementation"] },
  { alloy: exactly("Implementation", "Kind"), needs: ["implementation", "any|implementation"] },
];

function exactly(a: string, b: string): string {
  return `(some n: c.needs | n.accepted = ${a}) and (some n: c.needs | n.accepted = ${b}) and (all n: c.needs | n.accepted = ${a} or n.accepted = ${b})`;
}

function inAlloy({ place, kind, outcome, cannotFail, outdated }: Shape): string {
  const where = place === "own" ? "c.items" : "c.inherited";
  const marks = `i ${cannotFail ? "" : "not "}in CannotFail and i ${outdated ? "" : "not "}in Outdated`;
  return `i in ${where} and i.kind = ${kind} and i.outcome = ${outcome} and ${marks}`;
}

const OUTCOMES = {
  Pass: "pass",
  Fail: "fail",
  Broken: "error",
  Skipped: "skipped",
  Inconclusive: "inconclusive",
} as const;

function inCode({ kind, outcome, cannotFail, outdated }: Shape, name: string): EvidenceItem {
  return anItem("BOX-OPEN", {
    name,
    kind: kind === "Behaviour" ? "test.unit" : "implementation",
    outcome: OUTCOMES[outcome],
    cannotFail: cannotFail ? "it asserts nothing" : null,
    against: outdated ? { "BOX-OPEN": `sha256:${"0".repeat(64)}` } : {},
  });
}

const SIGNATURES = {
  failing: "Failing",
  hollow: "Hollow",
  suspect: "Suspect",
  missing: "Missing",
  verified: "Verified",
};

/** The verdict of the code, as the name of its signature. */
function verdict(shapes: readonly Shape[], needs: string[]): string {
  const items = shapes.map((shape, at) => ({ shape, item: inCode(shape, `item ${at}`) }));
  const own = items.filter(({ shape }) => shape.place === "own").map(({ item }) => item);
  const inherited = items.filter(({ shape }) => shape.place === "inherited").map(({ item }) => item);
  const { verdict: said } = judgeTag(aCase(definition, own, { inherited, needs }));
  return SIGNATURES[said as keyof typeof SIGNATURES];
}

/** `shape_1[b, c] or …` for each verdict that the judge gives with these shapes, from one on, beside the others. */
function byVerdict(others: readonly Shape[], needs: string[], from = 0): string[] {
  const groups = new Map<string, string[]>();
  for (const [at, shape] of ITEMS.entries()) {
    if (at < from) continue;
    const said = verdict([...others, shape], needs);
    groups.set(said, [...(groups.get(said) ?? []), `shape_${at}[b, c]`]);
  }
  return [...groups].map(([said, shapes]) => `(${shapes.join(" or ")}) implies verdict[c] = ${said}`);
}

/** The judge's whole table as an assertion about the model: what it says of no item, of one and of two. */
function table(): string {
  const preds = ITEMS.map((shape, at) => `pred shape_${at}[i: Item, c: Case] { ${inAlloy(shape)} }`);
  const wants = NEEDS.map(({ alloy }, at) => `pred needs_${at}[c: Case] { ${alloy} }`);
  const none = NEEDS.map(({ needs }, at) => `needs_${at}[c] implies verdict[c] = ${verdict([], needs)}`);
  const one = NEEDS.map(({ needs }, at) => `needs_${at}[c] implies { ${byVerdict([], needs).join("\n")} }`);
  const two = NEEDS.map(({ needs }, at) => {
    const first = ITEMS.map((shape, a) => `shape_${a}[a, c] implies { ${byVerdict([shape], needs, a).join("\n")} }`);
    return `needs_${at}[c] implies { ${first.join("\n")} }`;
  });
  return `
${[...preds, ...wants].join("\n")}
assert table {
  all c: Case - Misquoted {
    (no c.items + c.inherited) implies { ${none.join("\n")} }
    all b: Item | (c.items + c.inherited = b) implies { ${one.join("\n")} }
    all disj a, b: Item | (c.items + c.inherited = a + b) implies { ${two.join("\n")} }
  }
}
assert everything {
  all c: Case {
    ${NEEDS.map((_, at) => `needs_${at}[c]`).join(" or ")}
    all i: c.items + c.inherited | ${ITEMS.map((_, at) => `shape_${at}[i, c]`).join(" or ")}
  }
}
check table for 2 but 1 Case, 2 Day, 0 Waiver expect 0
check everything for 2 but 1 Case, 2 Day, 0 Waiver expect 0
`;
}

describe.skipIf(alloyJar === null)("the model of verdicts", () => {
  it("gives the verdict of the code in every case of up to two items and two needs", { timeout: 300_000 }, async () => {
    traceSpec("JUDGE-ONE-VERDICT", "JUDGE-PRECEDENCE", "JUDGE-MISSING", "JUDGE-HOLLOW", "JUDGE-INHERIT-IMPLEMENTATION");
    const [model] = collectFiles({ [SPEC]: readFileSync(SPEC, "utf8") }).models;
    const text = model?.module.files[SPEC] ?? "";
    const module: AlloyModule = { root: SPEC, files: { [SPEC]: text + table() } };
    const engine = testAlloy();
    try {
      const reading = await engine.read(module);
      expect(reading).toMatchObject({ status: "read" });
      const commands = reading.status === "read" ? reading.outline.commands : [];
      const options = { ...ALLOY_OPTIONS, timeoutMs: 240_000 };
      for (const command of commands.slice(-2)) {
        const answer = await engine.ask(module, { ask: "command", command: command.index }, options);
        expect([command.label, answer]).toMatchObject([command.label, { status: "unsatisfiable" }]);
      }
      expect(commands.slice(-2).map(({ label }) => label)).toEqual(["table", "everything"]);
    } finally {
      await engine.close();
    }
  });
});
