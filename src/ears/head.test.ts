import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { outlinesOf, statementsOf } from "../../test/builders/ears.js";

describe("patterns", () => {
  it.each([
    ["THE box SHALL open.", "ubiquitous"],
    ["WHILE it rains, THE box SHALL open.", "state"],
    ["WHEN it rains, THE box SHALL open.", "event"],
    ["IF it rains, THEN THE box SHALL open.", "unwanted"],
    ["WHERE a roof exists, THE box SHALL open.", "optional"],
    ["WHILE it rains, WHEN it thunders, THE box SHALL open.", "complex"],
  ])("calls %s %s", (text, pattern) => {
    traceSpec("EARS-PATTERN");
    expect(statementsOf(text)).toMatchObject([{ pattern }]);
  });

  it.each([
    ["WHERE a, WHILE b, WHEN c, THE box SHALL open.", ["WHERE {a} / WHILE {b} / WHEN {c} / box SHALL {open}"]],
    ["IF a WHEN b, THEN THE box SHALL open.", ["IF {a} / WHEN {b} / box SHALL {open}"]],
    ["WHEN a and when b, THE box SHALL open.", ["WHEN {a} / WHEN {b} / box SHALL {open}"]],
  ])("reads the conditions of %s", (text, expected) => {
    traceSpec("EARS-PATTERN-SEQUENCE");
    expect(outlinesOf(text)).toEqual(expected);
  });

  it.each([
    ["IF a, OR if b, THEN THE box SHALL open.", ["IF {a} / OR IF {b} / box SHALL {open}"]],
    ["When a or when b, the box shall open.", ["WHEN {a} / OR WHEN {b} / box SHALL {open}"]],
  ])("marks the alternative in %s", (text, expected) => {
    traceSpec("EARS-PATTERN-OR");
    expect(outlinesOf(text)).toEqual(expected);
  });

  it("reads keywords in any case", () => {
    traceSpec("EARS-PATTERN-CASE");
    const expected = ["WHILE {the door is open} / WHEN {it rains} / box SHALL {open}"];
    expect(outlinesOf("WHILE the door is open, WHEN it rains, THE box SHALL open.")).toEqual(expected);
    expect(outlinesOf("While the door is open, when it rains, the box shall open.")).toEqual(expected);
    expect(outlinesOf("while the door is open, When it rains, The box SHALL open.")).toEqual(expected);
  });

  it("takes a condition between subject and modal for a clause", () => {
    traceSpec("EARS-PATTERN-INTERPOSED");
    expect(outlinesOf("THE box, WHEN it rains, SHALL open.")).toEqual(["WHEN {it rains} / box SHALL {open}"]);
    expect(outlinesOf("WHILE a, THE box, if wet, SHALL open.")).toEqual(["WHILE {a} / IF {wet} / box SHALL {open}"]);
  });

  it("takes a condition in capitals behind the response for a clause", () => {
    traceSpec("EARS-PATTERN-BEHIND");
    expect(outlinesOf("THE box SHALL open and beep WHEN it rains OR WHILE it snows.")).toEqual([
      "WHEN behind {it rains} / OR WHILE behind {it snows} / box SHALL {open and beep}",
    ]);
    expect(outlinesOf("The box shall open when it rains hard.")).toEqual([
      "WHEN behind {it rains hard} / box SHALL {open}",
    ]);
  });

  it.each([
    [
      "THE box SHALL open, clear it if it is set, and beep.",
      ["box SHALL {open, clear it if it is set, and beep} / inner if {it is set}"],
    ],
    [
      "THE box SHALL open and beep when it rains hard.",
      ["box SHALL {open and beep when it rains hard} / inner when {it rains hard}"],
    ],
    [
      "THE box SHALL store the time when it last rained.",
      ["box SHALL {store the time when it last rained} / inner when {it last rained}"],
    ],
    ["THE box SHALL open even if it rains.", ["box SHALL {open even if it rains} / inner if {it rains}"]],
    ["THE box SHALL act as if it rained.", ["box SHALL {act as if it rained}"]],
    ["THE box SHALL open when possible.", ["box SHALL {open when possible}"]],
    ["THE box SHALL open while keeping shape.", ["box SHALL {open while keeping shape}"]],
  ])("leaves the condition in %s", (text, expected) => {
    traceSpec("EARS-PATTERN-INNER");
    expect(outlinesOf(text)).toEqual(expected);
  });

  it.each([
    ["For each lid, THE box SHALL open.", ["before {For each lid} / box SHALL {open}"]],
    ["On rain, WHILE it is day, THE box SHALL open.", ["before {On rain} / WHILE {it is day} / box SHALL {open}"]],
    ["Note: the box shall open.", ["before {Note} / box SHALL {open}"]],
    ["Unless it rains, SHALL open.", ["before {Unless it rains} / nobody SHALL {open}"]],
  ])("gives the phrase before the subject of %s", (text, expected) => {
    traceSpec("EARS-PATTERN-PREAMBLE");
    expect(outlinesOf(text)).toEqual(expected);
  });
});

describe("split", () => {
  it("ends the conditions where the subject begins", () => {
    traceSpec("EARS-SPLIT");
    expect(outlinesOf("WHEN it rains, THE lid of the box SHALL close.")).toEqual([
      "WHEN {it rains} / lid of the box SHALL {close}",
    ]);
    expect(outlinesOf("WHEN it rains, SHALL close.")).toEqual(["WHEN {it rains} / nobody SHALL {close}"]);
  });

  it.each([
    ["WHEN a, b, or c holds, THE box SHALL open.", ["WHEN {a, b, or c holds} / box SHALL {open}"]],
    [
      "If a is full, b is missing, or c is away, every box SHALL open.",
      ["IF {a is full, b is missing, or c is away} / every box SHALL {open}"],
    ],
    ["WHEN a, THE box is full, THE lid SHALL close.", ["WHEN {a, THE box is full} / lid SHALL {close}"]],
    [
      "WHEN a happens, the pump, the valve, and the motor SHALL stop.",
      ["WHEN {a happens} / pump, the valve, and the motor SHALL {stop}"],
    ],
    [
      "WHEN the order, which the client SHALL sign, arrives, THE box SHALL open.",
      ["WHEN {the order, which the client SHALL sign, arrives} / box SHALL {open}"],
    ],
  ])("splits %s at the last comma that can end the condition", (text, expected) => {
    traceSpec("EARS-SPLIT-COMMA");
    expect(outlinesOf(text)).toEqual(expected);
  });

  it.each([
    ["IF a, THEN THE box SHALL open.", ["IF {a} / box SHALL {open}"]],
    ["IF a, THE box SHALL open.", ["IF {a} / box SHALL {open}"]],
    ["IF a THEN THE box SHALL open.", ["IF {a} / box SHALL {open}"]],
    ["IF a, THEN box SHALL open.", ["IF {a} / box SHALL {open}"]],
    ["IF a, box SHALL open.", ["IF {a} / box SHALL {open}"]],
    ["if a then the box shall open.", ["IF {a} / box SHALL {open}"]],
    ["WHEN a THE box SHALL open.", ["WHEN {a} / box SHALL {open}"]],
    ["WHEN a, pump A SHALL start.", ["WHEN {a} / pump A SHALL {start}"]],
    ["WHEN a, the label for each entry SHALL stay.", ["WHEN {a} / label for each entry SHALL {stay}"]],
  ])("splits %s without needing every word", (text, expected) => {
    traceSpec("EARS-SPLIT-OPTIONAL");
    expect(outlinesOf(text)).toEqual(expected);
  });

  it("never looks into code and quotations", () => {
    traceSpec("EARS-SPLIT-CODE");
    const text =
      'WHEN `a, THE b SHALL c` or "x, THEN y MUST z" holds, THE box SHALL match `^SHALL(, MAY)*$` and “WHEN d, SHALL e”.';
    expect(outlinesOf(text)).toEqual([
      'WHEN {`a, THE b SHALL c` or "x, THEN y MUST z" holds} / box SHALL {match `^SHALL(, MAY)*$` and “WHEN d, SHALL e”}',
    ]);
    const [statement] = statementsOf(text);
    const tokens = statement?.status === "read" ? (statement.response?.tokens ?? []) : [];
    expect(tokens.map((token) => token.kind)).toEqual(["word", "code", "word", "quote"]);
  });

  it("leaves what stands in brackets where it is", () => {
    traceSpec("EARS-SPLIT-BRACKETS");
    expect(
      outlinesOf("WHEN a (which, THE b SHALL see) holds, THE box SHALL open (WHEN/THE...SHALL, IF/THEN THE...SHALL)."),
    ).toEqual(["WHEN {a (which, THE b SHALL see) holds} / box SHALL {open (WHEN/THE...SHALL, IF/THEN THE...SHALL)}"]);
  });

  it("finds no keyword within a word", () => {
    traceSpec("EARS-SPLIT-WORDS");
    expect(
      outlinesOf("WHEN the pump notifies, thereafter shallow mayors MUSTER, THE box SHALL open whenceforth."),
    ).toEqual(["WHEN {the pump notifies, thereafter shallow mayors MUSTER} / box SHALL {open whenceforth}"]);
  });

  it.each([
    [
      "WHEN a text uses the keyword SHALL alone, THE box SHALL open.",
      ["WHEN {a text uses the keyword SHALL alone} / box SHALL {open}"],
    ],
    [
      "IF a text has the keyword WHEN inside, THEN THE box SHALL open.",
      ["IF {a text has the keyword WHEN inside} / box SHALL {open}"],
    ],
    ["The verbs SHALL, SHOULD and MAY must be explained.", ["verbs SHALL, SHOULD and MAY SHALL {be explained}"]],
    [
      "WHEN two texts differ with WHEN as a state and not with WHEN as an event, THE box SHALL open.",
      ["WHEN {two texts differ with WHEN as a state and not with WHEN as an event} / box SHALL {open}"],
    ],
    [
      "THE box SHALL read SHALL and MUST as mandatory, SHOULD as advisory and MAY as permission.",
      ["box SHALL {read SHALL and MUST as mandatory, SHOULD as advisory and MAY as permission} / doubt nested-modal"],
    ],
    [
      "THE box SHALL note must for SHALL and MUST, should for SHOULD, could for MAY.",
      ["box SHALL {note must for SHALL and MUST, should for SHOULD, could for MAY}"],
    ],
    ["WHEN a text has SHOULD in it, THE box SHALL open.", ["WHEN {a text has SHOULD in it} / box SHALL {open}"]],
  ])("tells the modal that is spoken about in %s", (text, expected) => {
    traceSpec("EARS-SPLIT-NAMED");
    expect(outlinesOf(text)).toEqual(expected);
  });

  it("does not guess where nothing ends the condition", () => {
    traceSpec("EARS-SPLIT-NONE");
    expect(outlinesOf("When it rains the box shall open.")).toEqual(["unread: no-split"]);
  });
});
