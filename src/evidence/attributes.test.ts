import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { parseSpec } from "../specs/parse.js";
import { statedAttributes } from "./attributes.js";

it("reads what requirements say of themselves", () => {
  traceSpec("HTML-REPORT-CASE-ATTRIBUTES");
  const { document } = parseSpec({
    path: "openspec/specs/box/spec.md",
    text: `## Requirements

### Requirement: A [BOX-A]
THE box SHALL open.

**Refines:** [BOX-B], [BOX-C] and [BOX-B]

**Status:** accepted

**Owner:** storage team

### Requirement: B [BOX-B]
THE box SHALL close.
`,
  });
  expect([...statedAttributes([document])]).toEqual([
    ["BOX-A", { refines: ["BOX-B", "BOX-C"], status: "accepted", owner: "storage team" }],
  ]);
});
