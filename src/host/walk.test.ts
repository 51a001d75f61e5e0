import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratch } from "../../test/builders/scratch.js";
import { walk } from "./walk.js";

const names = (root: string, start = "", enter = (_: string) => true) =>
  [...walk(root, start, enter)].map(({ kind, path }) => `${kind} ${path}`);

describe("a walk", () => {
  it("meets everything in code-unit order, folders before what they hold", () => {
    const root = scratch({ "b/y": "", "b/x": "", z: "", a: "", "b/c/d": "", B: "", "ä/u": "", "～": "", "😀": "" });
    symlinkSync("b", join(root, "link"));
    expect(names(root)).toEqual([
      "file B",
      "file a",
      "folder b",
      "link link",
      "file z",
      "folder ä",
      // By code units; by bytes, as the platform happens to sort, it would be the other way round.
      "file 😀",
      "file ～",
      "folder b/c",
      "file b/x",
      "file b/y",
      "file b/c/d",
      "file ä/u",
    ]);
  });

  it("enters only where it may, and starts where it is told to", () => {
    const root = scratch({ "a/b/c": "", "a/x": "" });
    symlinkSync("a", join(root, "link"));
    expect(names(root, "", (path) => path !== "a/b")).toEqual(["folder a", "link link", "folder a/b", "file a/x"]);
    expect(names(root, "a/b")).toEqual(["file a/b/c"]);
    expect(names(root, "a/x")).toEqual(["file a/x"]);
    expect(names(root, "link/b")).toEqual(["link link"]);
    expect(names(root, "none/b")).toEqual([]);
  });

  it("goes as deep as the disk does", () => {
    const deep = Array.from({ length: 500 }, () => "d").join("/");
    const root = scratch({ [`${deep}/f`]: "" });
    expect(names(root).at(-1)).toBe(`file ${deep}/f`);
  });
});
