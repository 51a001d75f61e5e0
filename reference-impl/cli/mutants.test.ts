import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutantNamed } from "./serving.js";
import { writeVariant } from "./variant.js";

/** The sources, with what `npm run build` compiled of them in `dist`. */
const MACHINE = fileURLToPath(new URL("..", import.meta.url));
const PACKAGES = fileURLToPath(new URL("../../node_modules", import.meta.url));

const COMMAND = fileURLToPath(new URL("../dist/cli/mutants.js", import.meta.url));

/** What searches for one defect, and the algorithm without any. */
const HUNT = fileURLToPath(new URL("../dist/cli/hunt.js", import.meta.url));
const SOUND = fileURLToPath(new URL("../dist/algorithm/server.js", import.meta.url));

/** A defect that breaks named properties in the first run. */
const DEFECT = "newest-revision-is-overwritten";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mutants-"));
  symlinkSync(PACKAGES, join(folder, "node_modules"));
  cpSync(MACHINE, join(folder, "machine"), { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mutants(seconds: string) {
  const command = join(folder, "machine/dist/cli/mutants.js");
  const args = [command, "--only", DEFECT, "--seeds", "1", "--seconds", seconds];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the search for defects that nobody notices", () => {
  it("plants a defect in a sound machine", () => {
    traceSpec("SIM-MUTANTS");
    const { status, stdout } = mutants("60");
    expect(stdout).toMatch(/^1 mutant, up to 1 seed or 60 CPU s each\n/u);
    expect(stdout).toContain(`killed    ${DEFECT} by simulation, seed 1: AtMostOneValidClaim`);
    expect(status).toBe(0);
  });

  it("does not take a variant that cannot be run for one that is noticed", () => {
    traceSpec("SIM-MUTANTS-UNABLE");
    const source = join(folder, "machine/algorithm/turn.ts");
    const before = readFileSync(source, "utf8");
    writeFileSync(source, `import "./nowhere.js";\n${before}`);
    const { status, stdout } = mutants("60");
    writeFileSync(source, before);
    expect(stdout).toContain(`NOT RUN   ${DEFECT}`);
    expect(stdout).toContain("0 killed, 0 survived, 0 argued equivalent");
    expect(status).toBe(1);
  });

  it("ends a variant that does not end, and takes it for noticed", () => {
    traceSpec("SIM-MUTANTS-HANG");
    const source = join(folder, "machine/algorithm/turn.ts");
    const before = readFileSync(source, "utf8");
    writeFileSync(source, `${before}\nfor (;;);\n`);
    const { status, stdout } = mutants("2");
    writeFileSync(source, before);
    expect(stdout).toContain(`killed    ${DEFECT}: does not end`);
    expect(status).toBe(0);
  });

  it("ends when its time is used up, and does not take that for a variant that does not end", () => {
    traceSpec("SIM-MUTANTS-TIME");
    // The machine as it is breaks nothing: what is left of the time goes to every order of the small configuration.
    const args = [HUNT, SOUND, DEFECT, "1", "2"];
    const { signal, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(signal).toBe(null);
    expect(JSON.parse(stdout)).toMatchObject({ mutant: DEFECT, by: null, judges: [], ended: null });
  });

  it("plants none in a machine that cannot be run", () => {
    traceSpec("SIM-MUTANTS-CONTROL");
    const compiled = join(folder, "machine/dist/algorithm/turn.js");
    const before = readFileSync(compiled, "utf8");
    writeFileSync(compiled, `import "./nowhere.js";\n${before}`);
    const { status, stdout } = mutants("60");
    writeFileSync(compiled, before);
    expect(stdout).toMatch(/\n\nThe machine itself cannot be run\n$/u);
    expect(status).toBe(1);
  });

  it("plants none in a machine that breaks a judge by itself", () => {
    traceSpec("SIM-MUTANTS-CONTROL");
    const mutant = mutantNamed(DEFECT);
    if (mutant === null) throw new Error(`no mutant ${DEFECT}`);
    const compiled = join(folder, "machine/dist");
    writeVariant(mutant, MACHINE, join(MACHINE, "dist"), join(folder, "variant"));
    cpSync(join(folder, "variant", "algorithm"), join(compiled, "algorithm"), { recursive: true });
    const { status, stdout, stderr } = mutants("60");
    expect(stdout).toMatch(/^The machine itself is broken \(seed 1\): .*\bAtMostOneValidClaim\b/mu);
    expect(stdout).not.toMatch(/killed|SURVIVED/u);
    expect(stderr).toBe("");
    expect(status).toBe(1);
  });

  it.each([
    ["--jobs", "x"],
    ["--seeds", "0"],
    ["--only", `${DEFECT},no-such-defect`],
    ["--colour", "red"],
  ])("ends with 2 for %s %s", (...args) => {
    traceSpec("SIM-MUTANTS-USAGE");
    const { status, stdout } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: "utf8" });
    expect([status, stdout]).toEqual([2, ""]);
  });
});
