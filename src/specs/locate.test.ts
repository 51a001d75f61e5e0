import { traceSpec } from "spec-evidence/vitest";
import { expect, test } from "vitest";
import { locateSpec, mainPathOf } from "./locate.js";

test.each([
  ["openspec/specs/cap/spec.md", "main", "cap", null],
  ["openspec/specs/area/cap/spec.md", "main", "area/cap", null],
  ["packages/specs/openspec/specs/cap/spec.md", "main", "cap", null],
  ["specs/cap/spec.md", "main", "cap", null],
  ["docs/requirements/spec.md", "main", "requirements", null],
  ["docs/login.md", "main", "login", null],
  ["openspec/changes/my-change/specs/cap/spec.md", "delta", "cap", "my-change"],
  ["openspec/changes/my-change/specs/area/cap/spec.md", "delta", "area/cap", "my-change"],
  ["changes/x/openspec/changes/my-change/specs/cap/spec.md", "delta", "cap", "my-change"],
  ["openspec/specs/changes/spec.md", "main", "changes", null],
])("%s", (path, kind, capability, change) => {
  traceSpec("SPEC-LOCATE");
  expect(locateSpec(path)).toEqual({ kind, capability, change });
});

test("the archive", () => {
  traceSpec("SPEC-LOCATE-ARCHIVE");
  expect(locateSpec("openspec/changes/archive/2026-01-01-x/specs/cap/spec.md")).toBeNull();
  expect(locateSpec("openspec/specs/archive/spec.md")).toEqual({ kind: "main", capability: "archive", change: null });
});

test("the main specification of a delta", () => {
  traceSpec("SPEC-LOCATE");
  expect(mainPathOf("a/openspec/changes/my-change/specs/area/cap/spec.md")).toBe("a/openspec/specs/area/cap/spec.md");
  expect(mainPathOf("openspec/specs/cap/spec.md")).toBe("openspec/specs/cap/spec.md");
});
