import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { parseSpec } from "../../specs/parse.js";
import { judgeLinks } from "./judge.js";

it("holds no more than 64 MiB of linked files at once", () => {
  traceSpec("LINK-FILE-HELD");
  const read: string[] = [];
  const linked = (names: string) => {
    const text = [...names].map((name) => `- [${name}](/${name}.txt#L1)`).join("\n");
    return parseSpec({ path: "openspec/specs/box/spec.md", text: `## Purpose\n\n${text}\n` }).document;
  };
  const tree = (signs: number) => ({
    look: () => ({ kind: "file", ignored: false }) as const,
    read: (path: string) => {
      read.push(path);
      return "x".repeat(signs);
    },
  });
  judgeLinks([linked("abcabc")], { tree: tree(10), below: "" });
  expect(read.splice(0)).toEqual(["a.txt", "b.txt", "c.txt"]);
  judgeLinks([linked("abab")], { tree: tree(16 * 1024 * 1024), below: "" });
  expect(read.splice(0)).toEqual(["a.txt", "b.txt"]);
  judgeLinks([linked("abcbc")], { tree: tree(16 * 1024 * 1024), below: "" });
  expect(read).toEqual(["a.txt", "b.txt", "c.txt", "b.txt"]);
});
