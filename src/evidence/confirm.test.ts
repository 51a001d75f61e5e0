import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Confirmation } from "../model/confirmation.js";
import { addConfirmation } from "./confirm.js";
import { parseConfirmations } from "./confirmations.js";

const PATH = "evidence.confirmations.yaml";
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

const NEW: Confirmation = {
  tag: "BOX-NEW",
  text: digest("2"),
  reason: 'the tests "cover": it # all',
  owner: "Ada",
  date: "2030-01-02",
};

const entriesOf = (text: string | null) =>
  parseConfirmations(PATH, text ?? "").confirmations.map(({ span: _, ...entry }) => entry);

const OLD = `# Who looked at what.
confirmations:
    # the lid
    -   tag: BOX-LID
        text: ${digest("1")} # of the old text
        reason: >-
          it says the same
          as before
        owner: bob
        date: 2029-12-31   # new year's eve
# the end
`;

describe("addConfirmation", () => {
  it("keeps the line ends of the file", () => {
    traceSpec("FRESH-CONFIRM-COMMENTS");
    const wide = OLD.replaceAll("\n", "\r\n");
    for (const added of [NEW, { ...NEW, tag: "BOX-LID" }]) {
      const after = addConfirmation(PATH, wide, added) ?? "";
      expect(after).toBe(addConfirmation(PATH, OLD, added)?.replaceAll("\n", "\r\n"));
      expect(entriesOf(after)).toContainEqual(added);
    }
    expect(addConfirmation(PATH, `${wide}# mixed\n`, NEW)).toContain("owner: bob\r\n");
  });

  it.each([
    ["an empty file", ""],
    ["comments only", "# nothing yet\n"],
    ["a list without entries", "# head\nconfirmations:\n# tail\n"],
    ["an empty list in brackets", "confirmations: [] # none\n"],
    ["no newline at the end", "confirmations:"],
    [
      "a list in brackets",
      `# head\nconfirmations: [{ tag: BOX-LID, text: "${digest("1")}", reason: it is the same, owner: bob, date: 2029-12-31 }]\n`,
    ],
  ])("adds an entry to %s and keeps its comments", (_what, text) => {
    traceSpec("FRESH-CONFIRM", "FRESH-CONFIRM-COMMENTS");
    const after = addConfirmation(PATH, text, NEW) ?? "";
    expect(entriesOf(after)).toEqual([...entriesOf(text), NEW]);
    for (const comment of text.match(/# \w+/g) ?? []) expect(after).toContain(comment);
  });

  it("leaves every other line as it is", () => {
    traceSpec("FRESH-CONFIRM-COMMENTS");
    const after = addConfirmation(PATH, OLD, NEW) ?? "";
    const added = after.split("\n").filter((line) => !OLD.split("\n").includes(line));
    expect(added).toHaveLength(5);
    expect(
      after
        .split("\n")
        .filter((line) => !added.includes(line))
        .join("\n"),
    ).toBe(OLD);
    expect(added[0]).toBe("    - tag: BOX-NEW");
    expect(entriesOf(after)).toEqual([...entriesOf(OLD), NEW]);
  });

  it("replaces what was confirmed of another text of the tag", () => {
    traceSpec("FRESH-CONFIRM-AGAIN");
    const again = { ...NEW, tag: "BOX-LID" };
    const after = addConfirmation(PATH, addConfirmation(PATH, OLD, NEW) ?? "", again) ?? "";
    expect(entriesOf(after)).toEqual([again, NEW]);
    for (const line of ["# Who looked at what.", "    # the lid", "# the end"]) expect(after).toContain(line);
    expect(addConfirmation(PATH, after, again)).toBe(after);
  });

  it.each(["confirmations: 3\n", "- tag: X\n", "waivers: []\n", "{", `confirmations: &a []\n`])(
    "leaves a file alone that it cannot read: %j",
    (text) => {
      traceSpec("FRESH-CONFIRM-COMMENTS");
      expect(addConfirmation(PATH, text, NEW)).toBeNull();
    },
  );

  it("reads back what was added, whatever the texts hold", () => {
    traceSpec("FRESH-CONFIRM");
    const text = fc.string({ unit: "binary", minLength: 10, maxLength: 40 }).map((each) => `${each.trim()} and so on`);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("BOX-A", "BOX-B", "BOX-C"), text, text), { maxLength: 5 }),
        (all) => {
          let file = "# kept\n";
          const expected = new Map<string, Confirmation>();
          for (const [tag, reason, owner] of all) {
            const entry = { ...NEW, tag, reason: reason.trim(), owner: owner.trim() };
            const next = addConfirmation(PATH, file, entry);
            if (next === null) throw new Error(JSON.stringify(file));
            file = next;
            expected.set(tag, entry);
          }
          expect(entriesOf(file)).toEqual([...expected.values()]);
          expect(file.startsWith("# kept\n")).toBe(true);
        },
      ),
    );
  });
});
