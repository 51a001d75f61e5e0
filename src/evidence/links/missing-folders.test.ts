import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import type { Severity } from "../../model/finding.js";
import { parseSpec } from "../../specs/parse.js";
import { judgeLinks } from "./judge.js";
import { foldMissingFolders } from "./missing-folders.js";

const tree = { look: () => ({ kind: "absent", like: null }) as const, read: () => null };

/** What is said of so many links of an Evidence section and of prose into a folder that is not there. */
function fold(bound: number, prose: number, severities: Record<string, Severity | "off">): [string[], number] {
  const links = (count: number) => Array.from({ length: count }, (_, at) => `- [${at}.ts](/gone/${at}.ts)\n`).join("");
  const text = `## Purpose\n\n${links(prose)}\n## Requirements\n\n### Requirement: A [BOX-A]\n\nTHE box SHALL open.\n\n##### Evidence\n\n${links(bound)}`;
  const { document } = parseSpec({ path: "openspec/specs/box/spec.md", text });
  const { findings, rest } = foldMissingFolders(judgeLinks([document], { tree, below: "" }), tree, severities);
  return [
    findings.map(({ code, severity, message }) => `${code} ${severity} ${/\d+/.exec(message)?.[0]}`),
    rest.length,
  ];
}

it("is as severe as the links would have been", () => {
  traceSpec("LINK-FILE-GONE-SEVERITY");
  expect(fold(5, 0, {})).toEqual([["LINK012 error 5"], 0]);
  expect(fold(0, 5, {})).toEqual([["LINK012 warning 5"], 0]);
  expect(fold(4, 4, {})).toEqual([["LINK012 error 8"], 0]);
  expect(fold(5, 0, { LINK001: "warning" })).toEqual([["LINK012 warning 5"], 0]);
  expect(fold(1, 5, { LINK001: "info", LINK010: "error" })).toEqual([["LINK012 error 6"], 0]);
});

it("leaves links whose own finding is off, and all of them when it is off itself", () => {
  traceSpec("LINK-FILE-GONE-SEVERITY");
  expect(fold(5, 0, { LINK001: "off" })).toEqual([[], 5]);
  expect(fold(5, 3, { LINK010: "off" })).toEqual([["LINK012 error 5"], 3]);
  expect(fold(4, 6, { LINK010: "off" })).toEqual([[], 10]);
  expect(fold(5, 5, { LINK012: "off" })).toEqual([[], 10]);
});
