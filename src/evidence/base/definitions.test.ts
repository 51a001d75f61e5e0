import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aDefinition } from "../../../test/builders/case.js";
import type { Definition } from "../../model/reference.js";
import { compareDefinitions } from "./definitions.js";

const titled = (tag: string, title: string, body: string, over: Partial<Definition> = {}) =>
  aDefinition(tag, { title, text: `${title}\n${body}`, ...over });

function compared(before: Definition[], after: Definition[]) {
  const byTag = (all: Definition[]) => new Map(all.map((each) => [each.tag, each]));
  const { added, changed, removed, renamed, texts } = compareDefinitions(byTag(before), byTag(after));
  return {
    added: added.map(({ tag }) => tag),
    changed: changed.map((each) => each.after.tag),
    removed: removed.map(({ tag }) => tag),
    renamed: renamed.map(({ from, to }) => `${from.tag} ${to.tag}`),
    texts: [...texts],
  };
}

const NOTHING = { added: [], changed: [], removed: [], renamed: [], texts: [] };
const LID = titled("BOX-LID", "Lid", "THE box SHALL have a lid.");
const KEY = titled("BOX-KEY", "Key", "THE box SHALL have a key.");

describe("compareDefinitions", () => {
  it("lists what is added, changed and removed", () => {
    traceSpec("CHANGE-REQUIREMENTS");
    const other = titled("BOX-LID", "Lid", "THE box SHALL have two lids.");
    expect(compared([LID], [LID])).toEqual(NOTHING);
    expect(compared([LID], [LID, KEY])).toEqual({ ...NOTHING, added: ["BOX-KEY"] });
    expect(compared([LID, KEY], [LID])).toEqual({ ...NOTHING, removed: ["BOX-KEY"] });
    expect(compared([LID], [other])).toEqual({ ...NOTHING, changed: ["BOX-LID"], texts: ["BOX-LID"] });
  });

  it("knows a tag that was renamed by its text or title", () => {
    traceSpec("CHANGE-RENAMED");
    const sameText = { ...LID, tag: "BOX-COVER" };
    const sameTitle = titled("BOX-COVER", "Lid", "THE box SHALL have a cover.");
    expect(compared([LID], [sameText])).toEqual({ ...NOTHING, renamed: ["BOX-LID BOX-COVER"] });
    expect(compared([LID], [sameTitle])).toEqual({ ...NOTHING, renamed: ["BOX-LID BOX-COVER"] });
    const elsewhere = { ...sameTitle, capability: "crate" };
    expect(compared([LID], [elsewhere])).toEqual({ ...NOTHING, added: ["BOX-COVER"], removed: ["BOX-LID"] });
  });

  it("guesses nothing where several could be meant", () => {
    traceSpec("CHANGE-RENAMED");
    const [one, two] = ["BOX-ONE", "BOX-TWO"].map((tag) => ({ ...LID, tag }));
    expect(compared([LID], [one as Definition, two as Definition])).toEqual({
      ...NOTHING,
      added: ["BOX-ONE", "BOX-TWO"],
      removed: ["BOX-LID"],
    });
  });

  it("takes a new title over the same text for a new name, which is another text", () => {
    traceSpec("CHANGE-RETITLED");
    const retitled = titled("BOX-LID", "Cover", "THE box SHALL have a lid.");
    expect(compared([LID], [retitled])).toEqual({ ...NOTHING, renamed: ["BOX-LID BOX-LID"], texts: ["BOX-LID"] });
  });
});
