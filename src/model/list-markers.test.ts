import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { textDigest } from "./digest.js";
import { foldListMarkers } from "./list-markers.js";

describe("markers of list items", () => {
  it.each([
    ["a list", "* a\n+ b\n- c", "- a\n- b\n- c"],
    ["a nested list", "* a\n    * b\n        + c\n\n        + d", "- a\n    - b\n        - c\n\n        - d"],
    ["a list in a numbered one", "1. a\n\n   * b\n10. c\n    * d", "1. a\n\n   - b\n10. c\n    - d"],
    ["tabs", "*\ta\n\t* b", "-\ta\n\t- b"],
    ["a line that goes on further out", "- a\ngoes on\n  * b", "- a\ngoes on\n  - b"],
    ["what follows a paragraph", "Text:\n* a", "Text:\n- a"],
    ["what follows a fence", "```\n+ x\n```\n+ a", "```\n+ x\n```\n- a"],
    ["what follows a fence in an item", "* a\n  ```\n  + x\n* b", "- a\n  ```\n  + x\n- b"],
    ["windows line ends", "* a\r\n```\r\n+ x\r\n```\r\n* b", "- a\n```\n+ x\n```\n- b"],
  ])("are one in %s", (_what, text, folded) => {
    traceSpec("SPEC-TEXT-MARKS");
    expect(foldListMarkers(text)).toBe(folded);
  });

  it.each([
    ["a fence", "A total:\n\n```\ngross\n+ tax\n```"],
    ["a fence of tildes", "~~~ sh\n+ tax\n```\n+ tax\n~~~"],
    ["a longer fence", "````\n```\n+ tax\n````"],
    ["a fence with an indented run", "```\n    ```\n+ tax\n```"],
    ["a fence in an item", "- a\n  ```\n  gross\n  + tax\n  ```"],
    ["a fence that begins an item", "1. - ~~~\n     + tax\n     ~~~"],
    ["a fence after an item", "- a\ngoes on\n```\n+ tax\n```"],
    ["a fence without an end", "```\n\n+ tax"],
    ["indented code", "Text\n\n    gross\n    + tax"],
    ["indented code in an item", "- a\n\n      gross\n      + tax"],
    ["indented code behind a tab", "Text\n\n\t+ tax"],
    ["indented code after a list", "- a\n\nText\n\n    + tax"],
    ["indented code after a rule", "- - -\n\nText\n\n    + tax"],
    ["indented code after a number", "In\n1986. It\n\n      + tax"],
    ["a quotation", "> + tax"],
  ])("are none in %s", (_what, text) => {
    traceSpec("SPEC-TEXT-CODE");
    expect(foldListMarkers(text)).toBe(text);
    expect(textDigest(text.replace("+ tax", "* tax"))).not.toBe(textDigest(text));
  });
});
