import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { buildPredicate } from "../../../test/builders/predicate.js";
import { historyOf } from "./history.js";

const origin = (letter: string, day: string) => ({ commit: letter.repeat(40), day, summary: `Commit ${letter}` });

it("says when the lines of each definition were written", () => {
  traceSpec("HTML-REPORT-HISTORY");
  const file = "a/spec.md";
  const { catalog } = buildPredicate({
    tags: [
      { tag: "BOX-A", file, line: 2 },
      { tag: "BOX-B", file, line: 4 },
      { tag: "BOX-C", file: "b/spec.md", line: 1 },
    ],
  });
  const [old, fresh] = [origin("a", "2026-01-02"), origin("b", "2026-03-04")];
  const history = historyOf(catalog, new Map([[file, [fresh, old, fresh, null, old, old]]]));
  expect([...history]).toEqual([
    [
      "BOX-A",
      [
        "last changed 2026-03-04 in bbbbbbbbbbbb: Commit b",
        "oldest line 2026-01-02 in aaaaaaaaaaaa: Commit a, 2 commits in all",
      ],
    ],
    ["BOX-B", ["1 of 3 lines are not committed", "last changed 2026-01-02 in aaaaaaaaaaaa: Commit a"]],
  ]);
});
