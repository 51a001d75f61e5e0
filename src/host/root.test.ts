import { execFileSync } from "node:child_process";
import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { scratch } from "../../test/builders/scratch.js";
import { built } from "../../test/support/built.js";
import { today } from "./clock.js";
import { resolveRoot } from "./root.js";

describe("the judged folder", () => {
  it("is the given one, without links", () => {
    traceSpec("HOST-ROOT");
    const root = scratch({ "sub/a": "" });
    symlinkSync("sub", join(root, "link"));
    expect(resolveRoot(root)).toEqual({ path: root, writable: true });
    expect(resolveRoot(root, "link")).toEqual({ path: join(root, "sub"), writable: true });
    expect(resolveRoot("/", root)).toEqual({ path: root, writable: true });
  });

  it("has to be a folder that is there", () => {
    traceSpec("HOST-ROOT-WRONG");
    const root = scratch({ file: "" });
    expect(() => resolveRoot(root, "none")).toThrow(
      'Unexpected failure to open "none" (ENOENT), expected a folder to judge',
    );
    expect(() => resolveRoot(root, "file")).toThrow('Unexpected file "file", expected a folder to judge');
  });

  it("may be read-only, or closed, to a user who is not root", () => {
    traceSpec("HOST-ROOT", "HOST-ROOT-WRONG", "HOST-READ-DENIED");
    const root = scratch({ "spec.md": "text", "closed.md": "x" });
    chmodSync(join(root, "closed.md"), 0o200);
    chmodSync(root, 0o555);
    expect(resolveRoot(root)).toEqual({ path: root, writable: false });
    chmodSync(root, 0o755);
    // Root may do everything, so a child that has given up being root does it; it needs JavaScript.
    const script = `
      const [root, files] = await Promise.all([import(${JSON.stringify(built("host/root.js").href)}), import(${JSON.stringify(built("host/files.js").href)})]);
      if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
      const path = ${JSON.stringify(root)};
      const closed = files.readTextFile(path, "closed.md").finding;
      console.log(JSON.stringify([root.resolveRoot(path), files.readTextFile(path, "spec.md").text, closed.code, closed.message]));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    expect(JSON.parse(output)).toEqual([
      { path: root, writable: process.getuid?.() !== 0 },
      "text",
      "FILE001",
      "Unexpected refusal of the operating system (EACCES), expected read permission",
    ]);
  });
});

describe("today", () => {
  it("is a calendar day in UTC", () => {
    traceSpec("HOST-CLOCK");
    const before = Date.now();
    const day = today();
    expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(Math.abs(Date.parse(`${day}T12:00:00Z`) - before)).toBeLessThanOrEqual(12 * 3_600_000 + 60_000);
  });
});
