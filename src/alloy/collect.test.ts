import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { collectFiles } from "../../test/builders/alloy.js";

const SPEC = "openspec/specs/box/spec.md";

const HEAD = `# Box

\`\`\`alloy
module box
sig Box { lid: lone Lid }
sig Lid {}
\`\`\`

## Requirements
`;

function spec(body: string): string {
  return `${HEAD}${body}`;
}

function section(tag: string, code: string): string {
  return `### Requirement: T [${tag}]\nTHE box SHALL x.\n\n\`\`\`alloy\n${code}\n\`\`\`\n\n`;
}

/** Tags of each command of the only model. */
function tagsOf(files: Record<string, string>, tags: Record<string, string[]> = {}): string[][] {
  return collectFiles(files, { tags }).models.flatMap((model) => model.commands.map((each) => each.tags));
}

function codesOf(files: Record<string, string>, tags: Record<string, string[]> = {}): string[] {
  return collectFiles(files, { tags }).findings.map((each) => `${each.code} ${each.span.file}:${each.span.line}`);
}

describe("the blocks of a specification", () => {
  test("are one module at their own places", () => {
    traceSpec("ALLOY-SPEC", "ALLOY-SPEC-PLACES");
    const text = spec(
      `### Requirement: T [BOX-A]\nTHE box SHALL x.\n\n- item\n\n  ~~~ Alloy {#model}\n  assert closed { some Lid }\n    check closed\n  ~~~\n\n> \`\`\`alloy\n> run {} for 3 expect 1\n> \`\`\`\n`,
    );
    const { models } = collectFiles({ [SPEC]: text });
    expect(models.map((each) => each.module.root)).toEqual([SPEC]);
    const [model] = models;
    const lines = text.split("\n");
    const padded = (model?.module.files[SPEC] ?? "").split("\n");
    expect(padded).toHaveLength(lines.length);
    expect(padded.filter((line) => line !== "")).toEqual([
      "module box",
      "sig Box { lid: lone Lid }",
      "sig Lid {}",
      "  assert closed { some Lid }",
      "    check closed",
      "  run {} for 3 expect 1",
    ]);
    const [check, run] = model?.commands ?? [];
    expect(check).toMatchObject({
      index: 0,
      kind: "check",
      label: "closed",
      target: "closed",
      expect: null,
      scope: "",
    });
    expect(check?.span).toMatchObject({ file: SPEC, line: 17, column: 5, endLine: 17, endColumn: 17 });
    expect(run).toMatchObject({ index: 1, kind: "run", label: null, target: null, expect: 1, scope: "for 3" });
    expect(lines[(run?.span.line ?? 0) - 1]?.slice((run?.span.column ?? 0) - 1)).toBe("run {} for 3 expect 1");
  });

  test("read the same with other line endings", () => {
    traceSpec("ALLOY-SPEC-LINES");
    const text = spec(section("BOX-A", "assert closed { some Lid }\ncheck closed // [BOX-A]"));
    const plain = collectFiles({ [SPEC]: text });
    expect(plain.models).toHaveLength(1);
    for (const end of ["\r\n", "\r"]) {
      expect(collectFiles({ [SPEC]: `\ufeff${text.replaceAll("\n", end)}` })).toEqual(plain);
    }
  });

  test("without a block are no model", () => {
    traceSpec("ALLOY-SPEC");
    expect(collectFiles({ [SPEC]: "## Requirements\n\n```als\ncheck x\n```\n" }).models).toEqual([]);
  });
});

describe("opened modules", () => {
  test("follow Alloy's path rule", () => {
    traceSpec("ALLOY-OPEN", "ALLOY-OPEN-LIBRARY");
    const files = {
      "models/a/b.als": "module a/b\nopen a/c\nopen util/ordering[C] as ord\nopen lib/d\nrun {}",
      "models/a/c.als": "module a/c\nopen lib/d\nsig C {}",
      "models/lib/d.als": "module lib/d sig D {}",
      "models/c.als": "never meant",
    };
    const { models, findings } = collectFiles(files, { files: ["models/a/b.als", "models/a/c.als"] });
    expect(models.map((each) => Object.keys(each.module.files))).toEqual([
      ["models/a/b.als", "models/a/c.als", "models/lib/d.als"],
    ]);
    expect(findings.map(({ code }) => code)).toEqual(["ALLOY003"]);
  });

  test("are opened from specifications", () => {
    traceSpec("ALLOY-OPEN");
    const files = {
      [SPEC]: spec(section("BOX-A", "open parts/hinge\ncheck hinged")),
      "openspec/specs/box/parts/hinge.als": "assert hinged { some univ }",
    };
    const { models, findings } = collectFiles(files);
    expect(models.map((each) => [each.module.root, each.texts.length, each.whole])).toEqual([[SPEC, 2, true]]);
    expect(findings).toEqual([]);
  });

  test("that are missing are findings at the open", () => {
    traceSpec("ALLOY-OPEN-MISSING", "ALLOY-OPEN-OUTSIDE");
    const asked: string[] = [];
    const files: Record<string, string> = {
      "m/a.als": "module x/y/a\nopen b\n  open lib/c\nopen util/orderin\nrun {} // [X]",
      "m/b.als": "",
    };
    const { models, findings } = collectFiles(files, {
      read: (path) => {
        asked.push(path);
        return files[path] ?? null;
      },
    });
    expect(models[0]?.whole).toBe(false);
    const missing = findings.filter(({ code }) => code === "ALLOY001");
    expect(missing.map((each) => [each.span.line, each.span.column, each.message, each.suggestion])).toEqual([
      [
        2,
        6,
        "Unexpected `open b`, expected a file inside the judged folder",
        "m/b.als is there, but this module calls itself x/y/a.",
      ],
      [3, 8, "Unexpected `open lib/c`, expected a file inside the judged folder", null],
      [4, 6, "Unexpected `open util/orderin`, expected a file inside the judged folder", null],
    ]);
    expect(asked.filter((path) => path.startsWith("..") || path.startsWith("/"))).toEqual([]);
  });

  test("that open each other are a finding", () => {
    traceSpec("ALLOY-OPEN-CIRCLE");
    const files = { "a.als": "open b\nrun {}", "b.als": "open c", "c.als": "\nopen a\nopen c" };
    const circles = collectFiles(files).findings.filter(({ code }) => code === "ALLOY002");
    expect(circles.map(({ span, message }) => [`${span.file}:${span.line}`, message.split(",")[0]])).toEqual([
      ["c.als:2", "Unexpected circle: c.als opens a.als"],
      ["c.als:3", "Unexpected circle: c.als opens c.als"],
    ]);
  });

  test("are models themselves when they hold commands", () => {
    traceSpec("ALLOY-FILE");
    const files = {
      "a.als": "open b\nopen c\nrun {}",
      "b.als": "sig B {} run {}",
      "c.als": "sig C {}",
      "d.als": "sig D {}",
    };
    expect(collectFiles(files).models.map((each) => [each.module.root, each.commands.length])).toEqual([
      ["a.als", 1],
      ["b.als", 1],
      ["d.als", 0],
    ]);
  });
});

describe("a command gives evidence for", () => {
  test("the section of what it names, else its own", () => {
    traceSpec("ALLOY-TAG", "ALLOY-TAG-SECTION", "ALLOY-TAG-OWN");
    const files = {
      [SPEC]: spec(
        `${section("BOX-A", "assert a { some Lid }\npred p {}\ncheck b")}#### Scenario: S [BOX-A-S]\nWHEN x\n\n\`\`\`alloy\nassert b { some Lid }\nrun {}\n\`\`\`\n\n## Closing\n\n\`\`\`alloy\nassert c { some Lid }\ncheck a\nrun p\ncheck b\ncheck c\nrun { p }\n\`\`\`\n${section("BOX-C", "check c run lid/empty")}`,
      ),
    };
    expect(tagsOf(files)).toEqual([
      ["BOX-A-S"],
      ["BOX-A-S"],
      ["BOX-A"],
      ["BOX-A"],
      ["BOX-A-S"],
      [],
      [],
      ["BOX-C"],
      ["BOX-C"],
    ]);
    const { findings } = collectFiles(files);
    expect(findings.map(({ code, message }) => [code, message.split(",")[0]])).toEqual([
      ["ALLOY003", "Unexpected `check c` that belongs to no requirement"],
      ["ALLOY003", "Unexpected `run` of a block that belongs to no requirement"],
    ]);
  });

  test("the tags stated with it or with what it names", () => {
    traceSpec("ALLOY-TAG-STATED");
    const code = `// about [BOX-B]
// and [BOX-A]
assert a { some Lid }

// far away: [BOX-C]

check a
check a for 3 // [BOX-C], not [UTF-8]
/* @verifies BOX-B, BOX-C */ check a
assert d { // [BOX-C]
  some Lid // [BOX-B]
}
check d
pred p {} // [BOX-B]
run p`;
    const files = { [SPEC]: spec(section("BOX-A", code) + section("BOX-B", "") + section("BOX-C", "")) };
    expect(tagsOf(files)).toEqual([["BOX-A", "BOX-B"], ["BOX-C"], ["BOX-B", "BOX-C"], ["BOX-C"], ["BOX-B"]]);
  });

  test("the tag that its label spells", () => {
    traceSpec("ALLOY-TAG-LABEL");
    const code = "assert BOX_B { some Lid }\ncheck BOX_B\nBOX_C: check BOX_B\nBOX_D: run {}";
    const files = { [SPEC]: spec(section("BOX-A", code) + section("BOX-B", "") + section("BOX-C", "")) };
    expect(tagsOf(files)).toEqual([["BOX-B"], ["BOX-C"], ["BOX-A"]]);
  });

  test("the tags that the configuration maps it to", () => {
    traceSpec("ALLOY-TAG-CONFIG", "ALLOY-TAG-UNUSED");
    const files = {
      [SPEC]: spec(section("BOX-A", "") + section("BOX-B", "")),
      "m/a.als": "assert x {some univ}\ncheck x\n// [BOX-B]\nrun {}\ny: run {}",
      "m/b.als": "x: run {}",
    };
    const tags = { "m/a.als#x": ["BOX-A"], "m/*.als#y*": ["BOX-B", "BOX-A"], "n/*.als": ["BOX-A"] };
    expect(tagsOf(files, tags)).toEqual([["BOX-A"], ["BOX-B"], ["BOX-A", "BOX-B"], []]);
    expect(codesOf(files, tags)).toContain("ALLOY013 evidence.config.json:1");
    expect(codesOf(files, { "m/*.als": ["BOX-A"] })).toEqual([]);
    const stated = { ...files, "m/a.als": "// [BOX-B]\nassert x {some univ}\ncheck x", "m/b.als": "" };
    expect(tagsOf(stated, tags)).toEqual([["BOX-B"]]);
  });

  test("nothing, which is a finding that says what to do", () => {
    traceSpec("ALLOY-TAG-NONE");
    const { findings } = collectFiles({ "a.als": "assert a {some univ}\n  check a for 3" });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      code: "ALLOY003",
      span: { file: "a.als", line: 2, column: 3, endLine: 2, endColumn: 16 },
      suggestion: 'Write `// [AREA-NAME]` directly above it, or "a.als#a": ["AREA-NAME"] under alloy.tags.',
    });
  });

  test("no tag that nothing defines, which is a reference", () => {
    traceSpec("ALLOY-TAG-UNKNOWN");
    const files = { [SPEC]: spec(section("BOX-A", "check a // [BOX-AA] and @verifies BOX-C")) };
    const { references } = collectFiles(files);
    expect(tagsOf(files)).toEqual([["BOX-A"]]);
    expect(references.map((each) => [each.tag, each.role, each.explicit, each.span.line, each.span.column])).toEqual([
      ["BOX-AA", "mentions", false, 14, 13],
      ["BOX-C", "mentions", true, 14, 35],
    ]);
  });
});
