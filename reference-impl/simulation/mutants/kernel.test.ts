import { describe, expect, it } from "vitest";
import { kernelWith, occurrences } from "../../../test/builders/durable-mutants.js";
import type { Mode } from "../../kernel/model.js";
import { PROPERTIES } from "../../properties/catalogue.js";
import type { Kernel } from "../scripts/scripts.js";
import { brokenBy, brokenByTheLate } from "../scripts/scripts.js";
import { KERNEL_MUTANTS } from "./kernel.js";
import { UNBREAKABLE } from "./kernel-unbreakable.js";
import type { Mutant } from "./mutant.js";

const SEEDS = 100;

/** What scripts break of a kernel, until everything that is wanted is broken. */
function hunted(kernel: Kernel, wanted: readonly string[], modes: readonly Mode[]): ReadonlySet<string> {
  const broken = new Set(modes.flatMap((mode) => [...brokenByTheLate(kernel, mode)]));
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    for (const mode of modes) for (const name of brokenBy(kernel, mode, seed)) broken.add(name);
    if (broken.size > 0 && wanted.length > 0 && wanted.every((name) => broken.has(name))) break;
  }
  return broken;
}

const modesOf = ({ settings }: Mutant): readonly Mode[] =>
  settings?.mode === undefined ? ["compat", "strict"] : [settings.mode];

describe("the kernel's mutants", () => {
  it("break nothing when there is none", async () => {
    expect([...hunted(await kernelWith(null), [], ["strict", "compat"])]).toEqual([]);
  });

  it("have names of their own and change one place", () => {
    expect(new Set(KERNEL_MUTANTS.map(({ name }) => name)).size).toBe(KERNEL_MUTANTS.length);
    for (const mutant of KERNEL_MUTANTS) {
      expect([mutant.name, occurrences(mutant), mutant.from === mutant.to]).toEqual([mutant.name, 1, false]);
    }
  });

  it("break each named property, or say why none can", () => {
    const broken = new Set(KERNEL_MUTANTS.flatMap(({ breaks }) => breaks));
    const known = new Set(PROPERTIES.map(({ name }) => name));
    expect([...known].filter((name) => !broken.has(name) && UNBREAKABLE[name] === undefined)).toEqual([]);
    expect(Object.keys(UNBREAKABLE).filter((name) => broken.has(name) || !known.has(name))).toEqual([]);
    const others = [...broken].filter((name) => !known.has(name)).sort();
    expect(others).toEqual(["commit-before-arm", "linearizability"]);
  });

  it.each(KERNEL_MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
    "%s breaks what it says",
    async (_, mutant) => {
      const broken = hunted(await kernelWith(mutant), mutant.breaks, modesOf(mutant));
      expect({ missed: mutant.breaks.filter((name) => !broken.has(name)), broken: [...broken] }).toMatchObject({
        missed: [],
      });
      if (mutant.equivalent !== undefined) expect([...broken]).toEqual([]);
      else expect(broken.size).toBeGreaterThan(0);
    },
  );
});
