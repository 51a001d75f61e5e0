import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExamplesReport } from "../../../src/model/examples-report.js";
import { examplesReportSchema } from "../../../src/model/examples-report.js";
import { Project, verdicts } from "../harness.js";

/** `evidence examples` on a project with examples of every form: sixty-odd that are right, fifty each wrong in one way. */

const RIGHT = "openspec/specs/right/spec.md";
const WRONG = "openspec/specs/wrong/spec.md";

/** What is wrong with each example, and the line of it that has to be named; null for the first line of its code. */
const DEFECTS: readonly (readonly [tag: string, code: string, line: string | null])[] = [
  ["WRONG-VALUE", "EX001", "double(4); //=> 9"],
  ["WRONG-LITERAL", "EX001", "1+14; //=> 5"],
  ["WRONG-STRING", "EX001", 'double(4); //=> "8"'],
  ["WRONG-PART", "EX001", "const box = { a: double(1), b: 3 }; //=> { a: 2 }"],
  ["WRONG-MORE", "EX001", "[double(1)]; //=> [2, 4]"],
  ["WRONG-ZERO", "EX001", "double(0); //=> -0"],
  ["WRONG-CLASS", "EX001", "open(3); //=> { size: 3 }"],
  ["WRONG-PROMISE", "EX001", "later(3); //=> 3"],
  ["WRONG-TEXT", "EX001", '"box-" + double(1); //=> box-3'],
  ["WRONG-DECLARED", "EX001", "const other = double(5); //=> 11"],
  ["WRONG-LOOP", "EX001", "  double(each); //=> 2"],
  ["WRONG-OVER-LINES", "EX001", "  .map(double); //=> [2, 4]"],
  ["WRONG-TYPE", "EX002", "[double(1)]; //=> type Object"],
  ["WRONG-TYPE-CASE", "EX002", "double(1); //=> type String"],
  ["WRONG-CALM", "EX003", "open(1); //=> throws BoxError"],
  ["WRONG-OTHER-ERROR", "EX003", "open(10); //=> throws TypeError"],
  ["WRONG-OTHER-MESSAGE", "EX003", "open(10); //=> throws BoxError: too large"],
  ["WRONG-RESOLVES", "EX003", "later(1); //=> throws Error"],
  ["WRONG-THROWS", "EX004", "open(11);"],
  ["WRONG-THROWS-VALUE", "EX004", "open(12); //=> 3"],
  ["WRONG-UNHANDLED", "EX004", 'later("never");'],
  ["WRONG-ELLIPSIS", "EX005", "({ a: double(1) }); //=> { a: 2, \u2026 }"],
  ["WRONG-PROSE", "EX005", "double(6); //=> the double of six"],
  ["WRONG-EMPTY-VALUE", "EX005", "double(7); //=>"],
  ["WRONG-UNKNOWN-NAME", "EX005", "double(8); //=> sixteen"],
  ["WRONG-INSIDE", "EX006", "double( //=> 18"],
  ["WRONG-BEFORE", "EX006", "//=> 20"],
  ["WRONG-BLOCK", "EX006", "} //=> 4"],
  ["WRONG-IMPORT", "EX006", 'import "boxes"; //=> 21'],
  ["WRONG-IN-TYPE", "EX006", "  a: 22; //=> 22"],
  ["WRONG-BRANCH", "EX007", "  double(12); //=> 24"],
  ["WRONG-UNCALLED", "EX007", "  return double(13); //=> 26"],
  ["WRONG-SYNTAX", "EX008", "double(14; //=> 28"],
  ["WRONG-SYNTAX-TS", "EX008", "const a: = double(15); //=> 30"],
  ["WRONG-ENUM", "EX008", "enum Size { Small }"],
  ["WRONG-TWICE", "EX008", "const one = 2; //=> 2"],
  ["WRONG-ENDLESS", "EX009", "while (start) {}"],
  ["WRONG-NEVER", "EX009", "await new Promise(() => {}); //=> 1"],
  ["WRONG-EXIT", "EX010", "process.exit(0);"],
  ["WRONG-STUCK", "EX010", "await new Promise((resolve) => {});"],
  ["WRONG-KILLED", "EX010", null],
  ["WRONG-MODULE", "EX011", 'import { nothing } from "./src/nothing.js";'],
  ["WRONG-PACKAGE", "EX011", 'const { nothing } = await import("no-such-package");'],
  ["WRONG-NAME", "EX004", 'import { triple } from "boxes";'],
  ["WRONG-HOLLOW", "EX012", null],
  ["WRONG-WILD", "EX012", null],
  ["WRONG-CONSTANT", "EX013", "17 + 1; //=> 18"],
  ["WRONG-SELF", "EX013", "double(18); //=> double(18)"],
  ["WRONG-ARROW", "EX014", "double(19); //-> 38"],
  ["WRONG-LANGUAGE", "EX017", null],
  ["WRONG-SAFE", "EX018", "new Safe(1); //=> new Safe(2)"],
];

/** Requirements whose property the examples show; the others show the forms of expectation. */
const SHOWN: Readonly<Record<string, string>> = {
  "WRONG-TEXT": "EXAMPLE-VALUE-TEXT",
  "WRONG-DECLARED": "EXAMPLE-VALUE-DECLARATION",
  EX002: "EXAMPLE-TYPE",
  EX003: "EXAMPLE-THROWS",
  "WRONG-OTHER-MESSAGE": "EXAMPLE-THROWS-MESSAGE",
  "WRONG-RESOLVES": "EXAMPLE-THROWS-PROMISE",
  "WRONG-UNHANDLED": "EXAMPLE-THROWS-UNHANDLED",
  EX004: "EXAMPLE-THROWS-UNEXPECTED",
  EX005: "EXAMPLE-VALUE-PROSE",
  EX006: "EXAMPLE-PLACE-NONE",
  EX007: "EXAMPLE-PLACE-UNREACHED",
  EX008: "EXAMPLE-EVIDENCE-SYNTAX",
  EX009: "EXAMPLE-PROCESS-TIME",
  EX010: "EXAMPLE-PROCESS-EXIT",
  "WRONG-STUCK": "EXAMPLE-PROCESS-STUCK",
  EX011: "EXAMPLE-PROCESS-MISSING",
  EX012: "EXAMPLE-EVIDENCE-HOLLOW",
  EX013: "EXAMPLE-EVIDENCE-HOLLOW",
  EX014: "EXAMPLE-PLACE-NEAR",
  EX017: "EXAMPLE-CONSENT-LANGUAGE",
  EX018: "EXAMPLE-WHOLE-HIDDEN",
};

async function examples(project: Project, ...args: string[]): Promise<ExamplesReport & { code: number | null }> {
  const { code, stdout, stderr } = await project.evidence("examples", "--format", "json", ...args);
  const parsed = examplesReportSchema.safeParse(JSON.parse(stdout || "null"));
  if (!parsed.success) throw new Error(`${parsed.error.message}\n${stderr}`);
  return { code, ...parsed.data };
}

/** The line of the code of a tag's example, from 1. */
function lineOf(text: string, tag: string, wanted: string | null): number {
  const lines = text.split("\n");
  const heading = lines.findIndex((line) => line.endsWith(`[${tag}]`));
  const fence = lines.findIndex((line, at) => at > heading && /^\s*(?:```|~~~)/u.test(line));
  const found =
    wanted === null ? fence + 1 : lines.findIndex((line, at) => at > fence && line.trim() === wanted.trim());
  if (heading < 0 || found < 0) throw new Error(`no line ${wanted} of ${tag}`);
  return found + 1;
}

describe("a project with examples of every form", () => {
  let project: Project;
  let right: ExamplesReport & { code: number | null };
  let wrong: ExamplesReport & { code: number | null };

  beforeEach(async () => {
    if (project !== undefined) return;
    project = new Project("examples");
    right = await examples(project, RIGHT);
    wrong = await examples(project, WRONG);
  });

  it("has nothing reported that is right", () => {
    traceSpec("EXAMPLE-VALUE");
    traceSpec("EXAMPLE-VALUE-EXPRESSION");
    traceSpec("EXAMPLE-VALUE-DECLARATION");
    traceSpec("EXAMPLE-VALUE-TEXT");
    traceSpec("EXAMPLE-PLACE");
    traceSpec("EXAMPLE-PLACE-STRING");
    traceSpec("EXAMPLE-PROCESS-MODULES");
    traceSpec("EXAMPLE-PROCESS-TYPESCRIPT");
    expect(right.findings).toEqual([]);
    expect(right.examples.filter(({ outcome, cannotFail }) => outcome !== "pass" || cannotFail !== null)).toEqual([]);
    expect(right.facts).toMatchObject({ examples: 66, passed: 66, assertions: 77 });
    expect(right.code).toBe(0);
  });

  it.each(DEFECTS)("has %s reported as %s", (tag, code, line) => {
    traceSpec("EXAMPLE-PLACE-LINE");
    traceSpec(SHOWN[tag] ?? SHOWN[code] ?? "EXAMPLE-VALUE");
    const found = wrong.findings.filter((each) => each.tags.includes(tag) || (code === "EX017" && each.code === code));
    const place = lineOf(project.read(WRONG), tag, line);
    // A language is told at the fence that names it.
    expect(found.map((each) => [each.code, each.span.line])).toEqual([[code, code === "EX017" ? place - 1 : place]]);
  });

  it("has every defect counted", () => {
    traceSpec("EXAMPLE-COMMAND");
    traceSpec("EXAMPLE-COMMAND-EXIT");
    traceSpec("EXAMPLE-COMMAND-JSON");
    expect(wrong.examples).toHaveLength(DEFECTS.length);
    expect(wrong.findings).toHaveLength(DEFECTS.length);
    expect(wrong.facts).toMatchObject({ examples: 51, run: 50, passed: 5, failed: 18, errors: 27, notRun: 1 });
    expect(wrong.examples.filter(({ cannotFail }) => cannotFail !== null).map(({ tags }) => tags[0])).toEqual([
      "WRONG-HOLLOW",
      "WRONG-WILD",
      "WRONG-CONSTANT",
      "WRONG-SELF",
    ]);
    expect(wrong.code).toBe(1);
  });

  it("is judged by check with one item for each tag", async () => {
    traceSpec("EXAMPLE-EVIDENCE");
    const { report, code } = await project.check("--skip", "text,logic");
    expect(report.analyses.examples).toMatchObject({ examples: 117, run: 116, passed: 71 });
    const judged = verdicts(report);
    expect(judged).toMatchObject({ "RIGHT-01": "verified", "WRONG-VALUE": "failing", "WRONG-EXIT": "failing" });
    expect(judged).toMatchObject({ "WRONG-HOLLOW": "hollow", "WRONG-CONSTANT": "hollow", "WRONG-LANGUAGE": "missing" });
    expect(report.tags.every(({ evidence }) => evidence.length === 1 && evidence[0]?.kind === "example")).toBe(true);
    expect(code).toBe(1);
    project.remove();
  });
});

describe("an example", () => {
  let project: Project;

  beforeEach(() => {
    project = new Project("examples");
  });

  afterEach(() => project.remove());

  /** Replaces the specification of defects by one with these examples, and takes the other away. */
  function specify(...codes: string[]): void {
    const sections = codes.map(
      (code, at) =>
        `### Requirement: Box ${at + 1} [BOX-${at + 1}]\nTHE box SHALL open.\n\n##### Evidence\n- Example:\n\`\`\`js\n${code}\n\`\`\`\n`,
    );
    project.write(WRONG, `# Box\n\n## Purpose\n\nOpen.\n\n## Requirements\n\n${sections.join("\n")}`);
  }

  it("is not run without consent, and that is said once", async () => {
    traceSpec("EXAMPLE-CONSENT");
    traceSpec("EXAMPLE-CONSENT-SAID");
    specify(
      'require("node:fs").writeFileSync("ran.txt", "");\n1 + Number("1"); //=> 2',
      'require("node:fs").writeFileSync("ran.txt", "");',
    );
    for (const config of ["{}", '{ "examples": { "run": false } }']) {
      project.write("evidence.config.json", config);
      const { code, facts, findings } = await examples(project, WRONG);
      expect(facts).toMatchObject({ examples: 2, run: 0, notRun: 2 });
      expect(findings).toMatchObject([{ code: "EX015", severity: "info" }]);
      expect(findings[0]?.message).toContain("2 examples");
      expect(code).toBe(1);
      const { report } = await project.check(WRONG);
      expect(report.findings.filter((each) => each.code.startsWith("EX"))).toMatchObject([{ code: "EX015" }]);
      expect(verdicts(report)).toMatchObject({ "BOX-1": "missing", "BOX-2": "missing" });
    }
    const { stdout } = await project.evidence("examples", WRONG);
    expect(stdout).toContain("NOT RUN  2 examples");
    expect(stdout).toContain("examples.run");
    expect(() => project.read("ran.txt")).toThrow("ENOENT");
    project.write("evidence.config.json", '{ "examples": { "run": true } }');
    expect((await examples(project, WRONG)).facts).toMatchObject({ passed: 2 });
    expect(project.read("ran.txt")).toBe("");
  });

  it("is left out on request and by commands that only look", async () => {
    traceSpec("EXAMPLE-CONSENT-SKIP");
    specify('require("node:fs").writeFileSync("ran.txt", "");\n1 + Number("1"); //=> 2');
    for (const option of ["--skip=examples", "--no-run", "--only=text"]) {
      const { report } = await project.check(option, WRONG);
      expect(report.tags[0]?.evidence).toMatchObject([{ kind: "example", outcome: "inconclusive" }]);
    }
    await project.evidence("why", "BOX-1");
    await project.evidence("manifest");
    expect(() => project.read("ran.txt")).toThrow("ENOENT");
  });

  it("sees no environment but what finds programs", async () => {
    traceSpec("EXAMPLE-PROCESS-ENVIRONMENT");
    specify(
      "Object.keys(process.env).filter((name) => !/^(?:PATH|HOME|TMPDIR|TEMP|TMP|JAVA_HOME|LANG|TZ|NO_COLOR)$/.test(name)); //=> []\nprocess.env.PATH.length > 0; //=> true",
    );
    const { stdout } = await project.evidenceWith(
      { TOKEN: "secret", NODE_OPTIONS: "--no-deprecation" },
      "examples",
      WRONG,
    );
    expect(stdout).toContain("PASS  1 example: 1 passed");
  });

  it("stands in the judged folder, apart from the examples of other specifications", async () => {
    traceSpec("EXAMPLE-PROCESS");
    specify(
      'process.cwd(); //=> require("node:fs").realpathSync(".")\nglobalThis.left = process.pid; //=> type number',
      "globalThis.left === process.pid; //=> true",
    );
    project.write(
      RIGHT,
      project.read(WRONG).replaceAll("[BOX-", "[LID-").replace("globalThis.left = process", "process"),
    );
    const { examples: all } = await examples(project);
    expect(all.map(({ tags, outcome }) => [tags[0], outcome])).toEqual([
      ["LID-1", "pass"],
      ["LID-2", "fail"],
      ["BOX-1", "pass"],
      ["BOX-2", "pass"],
    ]);
  });

  it("that hangs, exits or leaves timers behind does not disturb the next one", async () => {
    traceSpec("EXAMPLE-PROCESS-TIME");
    traceSpec("EXAMPLE-PROCESS-EXIT");
    traceSpec("EXAMPLE-PROCESS-LEFTOVER");
    const next = 'typeof globalThis.mark; //=> "undefined"';
    specify(
      "globalThis.mark = 1;\nsetInterval(() => {}, 5);",
      next,
      "globalThis.mark = 1;\nfor (;;);",
      next,
      "globalThis.mark = 1;\nprocess.exit(7);",
      next,
    );
    const { examples: all, findings } = await examples(project, WRONG);
    expect(all.map(({ outcome }) => outcome)).toEqual(["pass", "pass", "error", "pass", "error", "pass"]);
    expect(findings.find(({ code }) => code === "EX010")?.message).toContain("exit code 7");
  });

  it("gives text that could be an expression, and a message in quotes of its own", async () => {
    traceSpec("EXAMPLE-VALUE-TEXT", "EXAMPLE-THROWS-MESSAGE");
    const same = "const same = (text) => text;";
    specify(
      `${same}\nsame("f(x)"); //=> f(x)\nsame("[x]"); //=> [x]\nsame("x ? y : z"); //=> x ? y : z\nsame("a, b"); //=> a, b\nsame("a && b"); //=> a && b`,
      `JSON.parse("[1]", () => {\n  throw new Error('"x"');\n}); //=> throws Error: "x"`,
      `#!/usr/bin/env node\n1 + Number("1"); //=> 2`,
      `${same}\nsame("5"); //=> 5`,
      `${same}\nsame("f(y)"); //=> f(x)`,
    );
    const { examples: all, findings } = await examples(project, WRONG);
    expect(all.map(({ outcome }) => outcome)).toEqual(["pass", "pass", "pass", "fail", "error"]);
    expect(findings.map(({ code }) => code)).toEqual(["EX001", "EX005"]);
  });

  it("whose value is only shown as the expected one says so", async () => {
    traceSpec("EXAMPLE-VALUE");
    specify(
      "[1].map((x) => () => x)[0]; //=> () => 1",
      'Symbol("a".repeat(2)); //=> Symbol("aa")',
      "new (class Box {})(); //=> new (class Box {})()",
    );
    const { findings } = await examples(project, WRONG);
    expect(findings.map(({ message }) => /^Unexpected value (.*), expected/u.exec(message)?.[1])).toEqual([
      "[Function (anonymous)], which only looks the same",
      "Symbol(aa), which only looks the same",
      "Box {}, of another class",
    ]);
  });

  it("of a specification that cannot be read is missed", async () => {
    traceSpec("EXAMPLE-UNREADABLE");
    project.write(WRONG, `# A\n\n${"x".repeat(100_001)}\n`);
    const { findings, code } = await examples(project, WRONG);
    expect(findings.map((each) => [each.code, each.span.file])).toEqual([["FILE003", WRONG]]);
    expect(code).toBe(1);
    const { stdout } = await project.evidence("examples", WRONG);
    expect(stdout).toContain("FILE003");
  });

  it("that imports part of a package that is missing names the import", async () => {
    traceSpec("EXAMPLE-PROCESS-MISSING");
    specify('import gone from "@no-such/package/part";\ngone();', 'import gone from "no-such-package/part";\ngone();');
    const { findings } = await examples(project, WRONG);
    expect(findings.map(({ code, message }) => [code, /"([^"]+)"/u.exec(message)?.[1]])).toEqual([
      ["EX011", "@no-such/package/part"],
      ["EX011", "no-such-package/part"],
    ]);
  });

  it("that leaves a process behind, holding on to its output, is not waited for", async () => {
    traceSpec("EXAMPLE-PROCESS-ORPHAN");
    const orphan =
      'const end = () => require("node:fs").existsSync("over.txt") && process.exit(); setInterval(end, 20);';
    specify(
      `const { spawn } = require("node:child_process");\nspawn(process.execPath, ["-e", ${JSON.stringify(orphan)}], { stdio: [0, 1, 2, 3], detached: true }).unref();\n1 + Number("1"); //=> 2`,
      '1 + Number("1"); //=> 2',
    );
    try {
      expect((await examples(project, WRONG)).facts).toMatchObject({ passed: 2 });
    } finally {
      project.write("over.txt", "");
    }
  }, 60_000);

  it("that moves to another folder does not disturb the next one", async () => {
    traceSpec("EXAMPLE-PROCESS-FOLDER");
    specify(
      'process.chdir("/");\nprocess.cwd(); //=> require("node:path").parse(process.cwd()).root',
      'require("node:fs").existsSync("package.json"); //=> true',
    );
    expect((await examples(project, WRONG)).facts).toMatchObject({ passed: 2 });
  });

  it("prints apart from the results, and not without end", async () => {
    traceSpec("EXAMPLE-PROCESS-OUTPUT");
    const forged = JSON.stringify({ say: "seen", expectation: 0, result: "met", actual: "" });
    specify(
      `const fs = require("node:fs");\nfor (const fd of [1, 2, 3]) fs.writeSync(fd, ${JSON.stringify(`${forged}\nnonce ${forged}\n`)});\n1 + Number("1"); //=> 3`,
      'for (let at = 0; at < 20000; at += 1) console.log("line", at);\n1 + Number("1"); //=> 2',
      'console.error("in red");',
    );
    const { examples: all } = await examples(project, WRONG);
    expect(all.map(({ outcome }) => outcome)).toEqual(["fail", "pass", "pass"]);
    expect(all[1]?.output.length).toBe(16_384);
    expect(all[1]?.output.startsWith("line 0\nline 1\n")).toBe(true);
    expect(all[2]?.output).toBe("in red\n");
  });

  it("of which many miss one module gives one finding", async () => {
    traceSpec("EXAMPLE-PROCESS-MISSING");
    specify(...Array.from({ length: 5 }, (_, at) => `const a = await import("./gone.js"); //*\na.b; //=> ${at}`));
    const { findings } = await examples(project, WRONG);
    expect(findings).toMatchObject([{ code: "EX011", tags: ["BOX-1", "BOX-2", "BOX-3", "BOX-4", "BOX-5"] }]);
    expect(findings[0]?.related).toHaveLength(4);
  });

  it("has its outcome in a table, also in a terminal of eighty columns", async () => {
    traceSpec("EXAMPLE-COMMAND");
    specify('1 + Number("1"); //=> 2', '1 + Number("1"); //=> 3');
    const { stdout, code } = await project.evidence("examples", WRONG);
    expect(stdout).toContain("FAIL  2 examples: 1 passed, 1 failed; 2 expectations evaluated");
    expect(stdout).toMatch(/total +2 +1 +1/u);
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect(code).toBe(1);
    const { code: mistyped, stderr } = await project.evidence("examples", "--format", "jsn");
    expect([mistyped, stderr]).toEqual([2, 'evidence: Unexpected format "jsn", expected text, json\n']);
    project.write(WRONG, project.read(WRONG).replaceAll("Example:", "Test: [a](/a)"));
    const none = await project.evidence("examples", WRONG);
    expect([none.code, none.stdout]).toEqual([0, "NONE  no example in an Evidence section\n"]);
  });
});
