import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { scratch } from "../../test/builders/scratch.js";
import { openCache, pruneCache } from "./cache.js";

function entries(root: string): string[] {
  const folder = join(root, ".evidence/cache");
  return readdirSync(folder).flatMap((shelf) =>
    readdirSync(join(folder, shelf)).map((name) => join(folder, shelf, name)),
  );
}

function onlyEntry(root: string): string {
  const [path, ...more] = entries(root);
  if (path === undefined || more.length > 0) throw new Error(`expected one entry, found ${more.length + 1}`);
  return path;
}

describe("the cache", () => {
  it("keeps a value under the kind, the contents and the version it was made with", () => {
    traceSpec("HOST-CACHE");
    const root = scratch();
    const value = { text: "größe\n", list: [1, null], deep: { a: true } };
    openCache(root, "1").set("spec", ["a", "b"], value);
    expect(openCache(root, "1").get("spec", ["a", "b"])).toEqual(value);
    expect(openCache(root, "2").get("spec", ["a", "b"])).toBeUndefined();
    expect(openCache(root, "1").get("source", ["a", "b"])).toBeUndefined();
    expect(openCache(root, "1").get("spec", ["b", "a"])).toBeUndefined();
    expect(openCache(root, "1").get("spec", ["ab"])).toBeUndefined();
  });

  it("keeps a text as it is", () => {
    traceSpec("HOST-CACHE", "HOST-CACHE-DAMAGED");
    const root = scratch();
    const cache = openCache(root, "1");
    cache.setText("report", ["a"], "größe\n\nno JSON {");
    expect(Buffer.from(cache.getText("report", ["a"]) ?? []).toString("utf8")).toBe("größe\n\nno JSON {");
    expect(cache.getText("report", ["b"])).toBeUndefined();
    writeFileSync(onlyEntry(root), readFileSync(onlyEntry(root), "utf8").replace("no", "on"));
    expect(cache.getText("report", ["a"])).toBeUndefined();
  });

  it.each([
    ["cut off", (text: string) => text.slice(0, -2)],
    ["empty", () => ""],
    ["another value", (text: string) => text.replace("true", "null")],
    ["no JSON", (text: string) => text.replace("{", "[")],
    ["a single line", (text: string) => text.replace("\n", "")],
  ])("takes an entry that is %s for absent", (_, damage) => {
    traceSpec("HOST-CACHE-DAMAGED");
    const root = scratch();
    const cache = openCache(root, "1");
    cache.set("spec", ["a"], { a: true });
    const path = onlyEntry(root);
    writeFileSync(path, damage(readFileSync(path, "utf8")));
    expect(cache.get("spec", ["a"])).toBeUndefined();
    cache.set("spec", ["a"], { a: true });
    expect(cache.get("spec", ["a"])).toEqual({ a: true });
  });

  it("takes an entry under another one's name for absent", () => {
    traceSpec("HOST-CACHE-DAMAGED");
    const root = scratch();
    const cache = openCache(root, "1");
    cache.set("spec", ["a"], 1);
    const first = onlyEntry(root);
    cache.set("spec", ["b"], 2);
    const second = entries(root).find((path) => path !== first) ?? "";
    renameSync(first, second);
    expect(cache.get("spec", ["b"])).toBeUndefined();
  });

  it("keeps nothing, and says nothing, where it cannot write", () => {
    traceSpec("HOST-CACHE-READONLY");
    const outside = scratch();
    const root = scratch();
    symlinkSync(outside, join(root, ".evidence"));
    const cache = openCache(root, "1");
    cache.set("spec", ["a"], 1);
    expect(cache.get("spec", ["a"])).toBeUndefined();
    expect(readdirSync(outside)).toEqual([]);
    const blocked = scratch({ ".evidence": "a file" });
    openCache(blocked, "1").set("spec", ["a"], 1);
    expect(readFileSync(join(blocked, ".evidence"), "utf8")).toBe("a file");
  });

  it("loses its oldest entries first when it grows too large", () => {
    traceSpec("HOST-CACHE-PRUNE");
    const root = scratch();
    const cache = openCache(root, "1");
    const value = "x".repeat(1000);
    for (let at = 0; at < 5; at += 1) {
      const before = at === 0 ? [] : entries(root);
      cache.set("spec", [String(at)], value);
      const made = entries(root).find((path) => !before.includes(path)) ?? "";
      utimesSync(made, 1000 + at, 1000 + at);
    }
    pruneCache(root, 3500);
    expect([0, 1, 2, 3, 4].map((at) => cache.get("spec", [String(at)]) !== undefined)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    pruneCache(root, 3500);
    expect(entries(root)).toHaveLength(3);
    pruneCache(scratch());
  });

  it("is not disturbed by what lies about in its folder", () => {
    traceSpec("HOST-CACHE-DAMAGED");
    const root = scratch();
    const cache = openCache(root, "1");
    cache.set("spec", ["a"], 1);
    const path = onlyEntry(root);
    renameSync(path, `${path}.old`);
    mkdirSync(path);
    writeFileSync(join(dirname(dirname(path)), "stray"), "");
    expect(cache.get("spec", ["a"])).toBeUndefined();
    pruneCache(root, 0);
  });
});
