import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { scratch } from "../../test/builders/scratch.js";
import { sha256 } from "../model/digest.js";
import { readBytes, unreadable } from "./bytes.js";
import { isWithin, readTextFile, unreadableFinding } from "./files.js";

function problemOf(root: string, path: string) {
  const read = readTextFile(root, path);
  if (!("finding" in read)) throw new Error(`expected no text of ${path}`);
  const { code, message, span } = read.finding;
  return { code, message, place: [span.line, span.column] };
}

describe("reading a text file", () => {
  it("gives the text as it is, with the digest of its bytes", () => {
    traceSpec("HOST-READ");
    const text = "\uFEFF# Größe\r\n\ttab\n";
    const root = scratch({ "a/spec.md": text });
    expect(readTextFile(root, "a/spec.md")).toEqual({ text, digest: sha256(Buffer.from(text)) });
  });

  it("reads an empty file", () => {
    expect(readTextFile(scratch({ "e.md": "" }), "e.md")).toEqual({ text: "", digest: sha256("") });
  });

  it("says where bytes are not UTF-8", () => {
    traceSpec("HOST-READ-UTF8");
    const bad = Buffer.concat([Buffer.from("Größe\nzwölf "), Buffer.from([0xe2, 0x28, 0xa1]), Buffer.from("\n")]);
    const root = scratch({ "bad.md": bad, "cut.md": Buffer.from([0x61, 0x0a, 0xe2, 0x82]) });
    expect(problemOf(root, "bad.md")).toMatchObject({ code: "FILE002", place: [2, 7] });
    expect(problemOf(root, "cut.md")).toMatchObject({ code: "FILE002", place: [2, 1] });
  });

  it("names UTF-16 by its mark", () => {
    traceSpec("HOST-READ-UTF8");
    const root = scratch({ "w.md": Buffer.from("\uFEFF# wide", "utf16le") });
    expect(problemOf(root, "w.md")).toMatchObject({ code: "FILE002", message: expect.stringContaining("UTF-16") });
  });

  it("refuses NUL bytes", () => {
    traceSpec("HOST-READ-BINARY");
    expect(problemOf(scratch({ "n.md": "ab\0c" }), "n.md")).toMatchObject({
      code: "FILE006",
      message: "Unexpected NUL byte at offset 2, expected text",
    });
  });

  it("refuses a file over the limit and takes one at the limit", () => {
    traceSpec("HOST-READ-LARGE");
    const line = `${"x".repeat(63)}\n`;
    const most = line.repeat(65_536);
    const root = scratch({ "most.md": most, "more.md": `${most}x` });
    expect(readTextFile(root, "most.md")).toHaveProperty("text");
    expect(problemOf(root, "more.md")).toMatchObject({
      code: "FILE003",
      message: "Unexpected size of 4194305 bytes, expected at most 4194304",
    });
  });

  it("refuses a line over the limit, at its place, and takes one at the limit", () => {
    traceSpec("HOST-READ-LARGE");
    const most = "ü".repeat(100_000);
    const root = scratch({ "most.md": `a\n${most}\nb`, "more.md": `a\n${most}x\nb`, "last.md": `a\n${most}x` });
    expect(readTextFile(root, "most.md")).toHaveProperty("text");
    expect(problemOf(root, "more.md")).toMatchObject({ code: "FILE003", place: [2, 1] });
    expect(problemOf(root, "last.md")).toMatchObject({ code: "FILE003", place: [2, 1] });
  });

  it("refuses a folder", () => {
    traceSpec("HOST-READ-FOLDER");
    const root = scratch({ "spec.md/inner.txt": "" });
    expect(problemOf(root, "spec.md")).toMatchObject({ code: "FILE004" });
  });

  it("does not wait for a pipe", () => {
    traceSpec("HOST-READ-SPECIAL");
    const root = scratch();
    execFileSync("mkfifo", [join(root, "spec.md")]);
    expect(problemOf(root, "spec.md")).toMatchObject({ code: "FILE001", message: expect.stringContaining("pipe") });
  });

  it("reports what is not there", () => {
    traceSpec("HOST-READ-ABSENT");
    const root = scratch({ f: "" });
    expect(problemOf(root, "none.md")).toMatchObject({ code: "FILE001", message: expect.stringContaining("ENOENT") });
    expect(problemOf(root, "f/none.md")).toMatchObject({
      code: "FILE001",
      message: expect.stringContaining("ENOTDIR"),
    });
    expect(problemOf(root, `${"n".repeat(300)}.md`)).toMatchObject({
      code: "FILE001",
      message: expect.stringContaining("ENAMETOOLONG"),
    });
  });
});

describe("reading through a symbolic link", () => {
  it("follows one to a file inside the root", () => {
    traceSpec("HOST-READ-LINK");
    const root = scratch({ "real/a.md": "text" });
    symlinkSync("real/a.md", join(root, "link.md"));
    expect(readTextFile(root, "link.md")).toMatchObject({ text: "text" });
  });

  it.each([
    ["loops", "loop.md"],
    ["leads nowhere", "dangling.md"],
    ["leaves the judged folder", "out.md"],
  ])("refuses one that %s", (what, path) => {
    traceSpec("HOST-READ-LINK-WRONG");
    const outside = scratch({ "secret.md": "secret" });
    const root = scratch();
    symlinkSync("loop.md", join(root, "loop.md"));
    symlinkSync("gone.md", join(root, "dangling.md"));
    symlinkSync(join(outside, "secret.md"), join(root, "out.md"));
    expect(problemOf(root, path)).toMatchObject({ code: "FILE005", message: expect.stringContaining(what) });
  });

  it("refuses a path that leaves the root by folders, linked or named", () => {
    traceSpec("HOST-READ-LINK-WRONG");
    const outside = scratch({ "secret.md": "secret" });
    const root = scratch({ "a.md": "" });
    symlinkSync(outside, join(root, "folder"));
    expect(problemOf(root, "folder/secret.md")).toMatchObject({ code: "FILE005" });
    expect(problemOf(root, `../${outside.split("/").at(-1)}/secret.md`)).toMatchObject({ code: "FILE005" });
  });

  it("tells a folder from one whose name only starts alike", () => {
    expect(isWithin("/a/b", "/a/b/c")).toBe(true);
    expect(isWithin("/a/b", "/a/b")).toBe(true);
    expect(isWithin("/a/b", "/a/bc")).toBe(false);
    expect(isWithin("/", "/a")).toBe(true);
  });
});

describe("refusals of the operating system", () => {
  it.each([
    ["EACCES", "denied", "FILE001"],
    ["EPERM", "denied", "FILE001"],
    ["ENOENT", "absent", "FILE001"],
    ["EISDIR", "folder", "FILE004"],
    ["ELOOP", "link", "FILE005"],
    ["EIO", "failed", "FILE001"],
    ["ENAMETOOLONG", "name", "FILE001"],
  ])("takes %s as %s", (code, why, finding) => {
    traceSpec("HOST-READ-DENIED");
    const problem = unreadable(code);
    expect(problem).toEqual({ why, code });
    expect(unreadableFinding("a.md", problem, 0).code).toBe(finding);
  });
});

describe("reading bytes", () => {
  it("uses the buffer it is given when the file fits", () => {
    const root = scratch({ a: "abc" });
    const buffer = Buffer.alloc(8);
    const read = readBytes(join(root, "a"), { maxBytes: 8, followLink: false, buffer });
    expect("bytes" in read && read.bytes.buffer === buffer.buffer).toBe(true);
    expect("bytes" in read && read.bytes.toString()).toBe("abc");
  });

  it("does not follow a link unless told to", () => {
    const root = scratch({ a: "abc" });
    symlinkSync("a", join(root, "l"));
    mkdirSync(join(root, "d"));
    expect(readBytes(join(root, "l"), { maxBytes: 9, followLink: false })).toEqual(unreadable("ELOOP"));
    expect(readBytes(join(root, "l"), { maxBytes: 9, followLink: true })).toHaveProperty("bytes");
    expect(readBytes(join(root, "d"), { maxBytes: 9, followLink: false })).toEqual(unreadable("EISDIR"));
  });
});
