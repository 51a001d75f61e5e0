import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { withAgentsSection } from "./agents.js";

const MARKERS = ["<!-- evidence:start -->", "<!-- evidence:end -->"];

function written(text: string | null): string {
  const made = withAgentsSection(text);
  if ("problem" in made) throw new Error(made.problem);
  return made.text;
}

const plain = fc
  .array(fc.oneof(fc.string(), fc.constantFrom("\n", "\r\n", "# Title\n", "\uFEFF", "<!-- -->")), { maxLength: 8 })
  .map((parts) => parts.join(""));

describe("the section of AGENTS.md", () => {
  it("is written once, and leaves every other character as it is", () => {
    traceSpec("HABIT-AGENTS-KEEP", "HABIT-AGENTS-AGAIN");
    fc.assert(
      fc.property(plain, plain, (before, after) => {
        const first = written(before);
        expect(first.startsWith(before)).toBe(true);
        const followed = first + after;
        const old = followed.replace("## Requirements and evidence", "## An older section");
        expect(written(old).length).toBe(followed.length);
        expect(written(old)).toBe(followed);
        expect(written(written(old))).toBe(followed);
      }),
    );
  });

  it("takes the line ends of the file", () => {
    traceSpec("HABIT-AGENTS-KEEP");
    expect(written("a\r\n").replaceAll("\r\n", "")).not.toContain("\n");
    expect(written("a\n")).not.toContain("\r");
  });

  it.each([
    [MARKERS[0]],
    [MARKERS[1]],
    [`${MARKERS[1]}\n${MARKERS[0]}`],
    [`${MARKERS.join("\n")}\n${MARKERS.join("\n")}`],
    [`${MARKERS[0]}\n${MARKERS[0]}\n${MARKERS[1]}`],
    [`${MARKERS[0]}\n${MARKERS[1]}\n${MARKERS[1]}`],
  ])("is refused with the markers %j", (text) => {
    traceSpec("HABIT-AGENTS-MARKERS");
    expect(withAgentsSection(`before\n${text}\nafter`)).toHaveProperty("problem");
  });
});
