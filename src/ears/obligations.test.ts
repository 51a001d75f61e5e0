import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { outlinesOf } from "../../test/builders/ears.js";

describe("modals", () => {
  it.each([
    ["THE box SHALL open.", "SHALL"],
    ["THE box MUST NOT open.", "SHALL NOT"],
    ["THE box SHOULD never open.", "SHOULD NOT"],
    ["THE box MAY NOT open.", "MAY NOT"],
    ["The box shall not only open.", "SHALL"],
  ])("reads the modal of %s", (text, modal) => {
    traceSpec("EARS-MODAL");
    expect(outlinesOf(text)[0]).toContain(`box ${modal} {`);
  });

  it("takes lower-case modals beside capitals for prose", () => {
    traceSpec("EARS-MODAL-PROSE");
    expect(outlinesOf("WHEN a lid may be open, THE box SHALL report that it must close.")).toEqual([
      "WHEN {a lid may be open} / box SHALL {report that it must close}",
    ]);
    expect(outlinesOf("Later phases may add evidence, but SHALL NOT remove any.")).toEqual([
      "Later phases MAY {add evidence}",
      "Later phases SHALL NOT {remove any}",
    ]);
  });

  it("leaves a lower-case may unread in a file that writes capitals", () => {
    traceSpec("EARS-MODAL-LOWER");
    expect(outlinesOf("THE box SHALL open. It may leak.")).toEqual(["box SHALL {open}", "unread: lower-case-modal"]);
    expect(outlinesOf("The box shall open. It may leak.")).toEqual(["box SHALL {open}", "It MAY {leak}"]);
  });

  it("takes a lower-case must that fits no reading for prose in a file that writes capitals", () => {
    traceSpec("EARS-MODAL-UNFIT");
    expect(outlinesOf("THE box SHALL open. A person looks at it and must not wait.")).toEqual([
      "box SHALL {open}",
      "unread: lower-case-modal",
    ]);
    expect(outlinesOf("THE box SHALL open. A person must wait.")).toEqual([
      "box SHALL {open}",
      "A person SHALL {wait}",
    ]);
    expect(outlinesOf("A person looks at it and must not wait.")).toEqual(["unread: no-subject"]);
  });
});

describe("several obligations", () => {
  it("gives one statement for each", () => {
    traceSpec("EARS-OBLIGATION");
    expect(
      outlinesOf("THE box SHALL open, THE lid SHALL turn, and THE lamp SHALL NOT burn; the door shall hold."),
    ).toEqual(["box SHALL {open}", "lid SHALL {turn}", "lamp SHALL NOT {burn; the door shall hold}"]);
    expect(outlinesOf("The box shall open and the lid shall turn.")).toEqual(["box SHALL {open}", "lid SHALL {turn}"]);
  });

  it("shares conditions and subject", () => {
    traceSpec("EARS-OBLIGATION-SHARED");
    expect(outlinesOf("WHEN a, THE box SHALL open, SHALL beep, and SHALL NOT close but SHALL stay.")).toEqual([
      "WHEN {a} / box SHALL {open}",
      "WHEN {a} / box SHALL {beep}",
      "WHEN {a} / box SHALL NOT {close}",
      "WHEN {a} / box SHALL {stay}",
    ]);
  });

  it("replaces the condition by its own", () => {
    traceSpec("EARS-OBLIGATION-OWN");
    expect(outlinesOf("WHEN a starts, THE box SHALL open, and WHEN b ends, SHALL close.")).toEqual([
      "WHEN {a starts} / box SHALL {open}",
      "WHEN {b ends} / box SHALL {close}",
    ]);
    expect(outlinesOf("THE box SHALL open, and, if the lamp is red, SHALL close.")).toEqual([
      "box SHALL {open}",
      "IF {the lamp is red} / box SHALL {close}",
    ]);
    expect(outlinesOf("WHILE m, WHEN a, THE box SHALL open; WHEN b, THE lid SHALL close.")).toEqual([
      "WHILE {m} / WHEN {a} / box SHALL {open}",
      "WHEN {b} / lid SHALL {close} / doubt condition-scope",
    ]);
  });

  it("takes no condition over into a contrast", () => {
    traceSpec("EARS-OBLIGATION-CONTRAST");
    expect(outlinesOf("WHEN a, THE box SHALL open, while ordinary boxes SHALL stay shut.")).toEqual([
      "WHEN {a} / box SHALL {open}",
      "ordinary boxes SHALL {stay shut} / doubt condition-scope",
    ]);
    expect(outlinesOf("THE box SHALL open, whereas lids SHALL close.")).toEqual([
      "box SHALL {open}",
      "lids SHALL {close}",
    ]);
  });

  it("keeps otherwise as a condition of unknown meaning", () => {
    traceSpec("EARS-OBLIGATION-OTHERWISE");
    expect(outlinesOf("IF a, THEN THE box SHALL open; otherwise THE box SHALL close.")).toEqual([
      "IF {a} / box SHALL {open}",
      "before {otherwise} / box SHALL {close} / doubt condition-scope",
    ]);
    expect(outlinesOf("IF a, THEN THE box SHALL open, and otherwise SHALL close.")).toEqual([
      "IF {a} / box SHALL {open}",
      "before {otherwise} / box SHALL {close} / doubt condition-scope",
    ]);
    expect(outlinesOf("Otherwise, THE box SHALL close.")).toEqual(["before {Otherwise} / box SHALL {close}"]);
  });

  it.each([
    [
      "THE box SHALL verify that every lid SHALL be shut.",
      ["box SHALL {verify that every lid SHALL be shut} / doubt nested-modal"],
    ],
    ["THE box MAY open or SHALL beep.", ["box MAY {open or SHALL beep} / doubt nested-modal"]],
  ])("leaves the modal in the object of %s", (text, expected) => {
    traceSpec("EARS-OBLIGATION-NESTED");
    expect(outlinesOf(text)).toEqual(expected);
  });

  it("doubts whether a condition holds for the next sentence", () => {
    traceSpec("EARS-OBLIGATION-SCOPE");
    expect(outlinesOf("WHEN a, THE box SHALL open. THE lid SHALL turn.")).toEqual([
      "WHEN {a} / box SHALL {open}",
      "lid SHALL {turn} / doubt condition-scope",
    ]);
    expect(outlinesOf("WHEN a, THE box SHALL open.\n\nTHE lid SHALL turn.")).toContain("lid SHALL {turn}");
  });
});

describe("timing", () => {
  it.each([
    ["THE box SHALL open within 5 seconds.", "box SHALL {open} / within 5 s"],
    ["THE box SHALL open no later than 500ms after the start.", "box SHALL {open} / within 500 ms {the start}"],
    ["THE box SHALL immediately open.", "box SHALL {open} / immediately"],
    ["THE box SHALL, within five minutes, open.", "box SHALL {open} / within 5 min"],
    ["THE box SHALL poll every 5 s for no longer than 5 minutes.", "box SHALL {poll} / every 5 s / for-at-most 5 min"],
    ["THE box SHALL stay open for at least 1 h.", "box SHALL {stay open} / for-at-least 1 h"],
    [
      "THE box SHALL open valve 1 until the button is pressed or it rains.",
      "box SHALL {open valve 1} / until {the button is pressed or it rains}",
    ],
    ["THE box SHALL fail before any call.", "box SHALL {fail} / before {any call}"],
    ["THE box SHALL open only after it rained.", "box SHALL {open} / only after {it rained}"],
    ["THE box SHALL open after 15 seconds.", "box SHALL {open} / after 15 s"],
    ["THE box SHALL start the 60 second timer.", "box SHALL {start the 60 second timer}"],
  ])("reads the timing of %s", (text, expected) => {
    traceSpec("EARS-TIMING");
    expect(outlinesOf(text)).toEqual([expected]);
  });

  it.each([
    ["THE box SHALL send a key that expires within 5 s.", "box SHALL {send a key that expires within 5 s}"],
    ["THE box SHALL open immediately without a sound.", "box SHALL {open immediately without a sound}"],
    [
      "THE box SHALL stop before work begins so that nothing breaks.",
      "box SHALL {stop before work begins so that nothing breaks}",
    ],
    ["THE box SHALL keep the lid before it.", "box SHALL {keep the lid before it}"],
    ["THE box SHALL keep the write within that folder.", "box SHALL {keep the write within that folder}"],
  ])("leaves the timing in %s", (text, expected) => {
    traceSpec("EARS-TIMING-PART");
    expect(outlinesOf(text)).toEqual([expected]);
  });

  it("doubts the scope of a timing behind several parts", () => {
    traceSpec("EARS-TIMING-SCOPE");
    expect(outlinesOf("THE box SHALL open and beep within 5 s.")).toEqual([
      "box SHALL {open and beep} / within 5 s / doubt timing-scope",
    ]);
    expect(outlinesOf("THE box SHALL require the lid to close within 5 s.")).toEqual([
      "box SHALL {require the lid to close} / within 5 s / doubt timing-scope",
    ]);
  });
});
