import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { COMPAT_RULES } from "./compat.js";

const MODES = fileURLToPath(new URL("../../openspec/specs/durable-modes/spec.md", import.meta.url));

it("is specified rule by rule: each has the requirement that names it, and no other is named", () => {
  const named = [...readFileSync(MODES, "utf8").matchAll(/^### .*\[(.+)\]\n[^#]*?^\*\*Rule:\*\* (\S+)$/gmu)];
  const rules = COMPAT_RULES.map(({ name, tag }) => ({ name, tag }));
  const specified = named.map(([, tag = "", name = ""]) => ({ name, tag }));
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  expect(specified.sort(byName)).toEqual(rules.sort(byName));
});
