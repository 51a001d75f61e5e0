import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, expect, it } from "vitest";
import type { Mutant } from "../simulation/mutants/mutant.js";
import { mutate, writeVariant } from "./variant.js";

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const mutant: Mutant = {
  name: "one-off",
  file: "kernel/count.ts",
  from: "n + 1",
  to: "n + 2",
  breaks: [],
  why: "x",
};

it("changes one text of one file, and leaves the judges alone", async () => {
  traceSpec("SIM-MUTANTS-JUDGES");
  const folder = mkdtempSync(join(tmpdir(), "variant-"));
  made.push(folder);
  const [sources, compiled] = [join(folder, "sources"), join(folder, "compiled")];
  for (const part of ["kernel", "algorithm", "platform", "properties"]) {
    mkdirSync(join(sources, part), { recursive: true });
    mkdirSync(join(compiled, part), { recursive: true });
    writeFileSync(join(compiled, part, "other.js"), "export const other = 1;\n");
  }
  writeFileSync(join(sources, "kernel", "count.ts"), "export const count = (n: number): number => n + 1;\n");
  writeFileSync(join(compiled, "kernel", "count.js"), "export const count = (n) => n + 1;\n");
  const target = join(folder, "variant");
  expect(writeVariant(mutant, sources, compiled, target)).toBe(join(target, "algorithm", "server.js"));
  const changed = (await import(join(target, "kernel", "count.js"))) as { count(n: number): number };
  expect(changed.count(1)).toBe(3);
  expect(readFileSync(join(compiled, "kernel", "count.js"), "utf8")).toContain("n + 1");
  expect(() => readFileSync(join(target, "properties", "other.js"))).toThrow(/ENOENT/);
});

it.each(["no such text", "a n + 1 and b n + 1"])("refuses a source that reads %j", (source) => {
  traceSpec("SIM-MUTANTS-PLACE");
  expect(() => mutate(source, mutant)).toThrow(/kernel\/count\.ts for the mutant one-off/);
});
