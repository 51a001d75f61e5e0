import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, describe, expect, test } from "vitest";
import { OpenSpecFolder } from "../../test/support/openspec.js";
import { formatSpan } from "../model/span.js";
import { mergeDelta } from "./merge.js";

const MAIN = "openspec/specs/area/cap/spec.md";
const DELTA = "openspec/changes/my-change/specs/area/cap/spec.md";

const folder = new OpenSpecFolder();
afterAll(() => folder.remove());

function merge(main: string | null, delta: string) {
  return mergeDelta(main === null ? null : { path: MAIN, text: main }, { path: DELTA, text: delta });
}

/** Code, place and related places of each finding. */
function places(merged: ReturnType<typeof merge>): string[] {
  return merged.findings.map((each) =>
    [each.code, formatSpan(each.span), ...each.related.map((related) => formatSpan(related.span))].join(" "),
  );
}

const requirement = (name: string, sentence = "THE system SHALL work.", scenario = "One [CAP-ONE]") =>
  `### Requirement: ${name}\n${sentence}\n\n#### Scenario: ${scenario}\nWHEN x, THE system SHALL do y.`;

const main = (...requirements: string[]) =>
  `# Cap\n\n## Purpose\n\nWhat it is for.\n\n## Requirements\n\n${requirements.join("\n\n")}\n`;

const base = main(requirement("Alpha [CAP-ALPHA]"), requirement("Beta [CAP-BETA]", undefined, "Two [CAP-TWO]"));

const accepted: Record<string, { main: string | null; delta: string; merged: string | null }> = {
  "every operation in one change": {
    main: main(...["A [C-A]", "B [C-B]", "C [C-C]", "D [C-D]"].map((name) => requirement(name))),
    delta: [
      `## ADDED Requirements\n\n${requirement("E [C-E]")}`,
      `## MODIFIED Requirements\n\n${requirement("C [C-C]", "THE system SHALL work better.")}`,
      "## REMOVED Requirements\n\n### Requirement: A [C-A]\n**Reason**: gone",
      "## RENAMED Requirements\n\n- FROM: `### Requirement: D [C-D]`\n- TO: `### Requirement: Renamed [C-D]`",
    ].join("\n\n"),
    merged: main(
      requirement("B [C-B]"),
      requirement("C [C-C]", "THE system SHALL work better."),
      requirement("Renamed [C-D]"),
      requirement("E [C-E]"),
    ),
  },
  "renames as plain lines and as bullets of another kind": {
    main: base,
    delta:
      "## renamed requirements\nFROM: ### Requirement: Alpha [CAP-ALPHA]\nTO: ### Requirement: First [CAP-ALPHA]\n\n" +
      "* FROM:### Requirement: Beta [CAP-BETA]\n+ TO:`### Requirement: Second [CAP-BETA]`",
    merged: base.replace("Alpha", "First").replace("Beta", "Second"),
  },
  "a rename and a change under the new heading": {
    main: base,
    delta: `## RENAMED Requirements\n- FROM: ### Requirement: Alpha [CAP-ALPHA]\n- TO: ### Requirement: First [CAP-ALPHA]\n\n## MODIFIED Requirements\n${requirement("First [CAP-ALPHA]", "THE system SHALL win.")}`,
    merged: main(
      requirement("First [CAP-ALPHA]", "THE system SHALL win."),
      requirement("Beta [CAP-BETA]", undefined, "Two [CAP-TWO]"),
    ),
  },
  "a removal as a bullet, another one in a fence": {
    main: base,
    delta:
      "## REMOVED Requirements\n- `### Requirement: Alpha [CAP-ALPHA]`\n```\n### Requirement: Beta [CAP-BETA]\n```\n",
    merged: main(requirement("Beta [CAP-BETA]", undefined, "Two [CAP-TWO]")),
  },
  "headings in fences and lists stay what they are": {
    main: main(
      `${requirement("Alpha [CAP-ALPHA]")}\n\n- a\n  ~~~md\n  ### Requirement: In a list\n\n\n\n  ~~~\n\n\n\n\`\`\`\`\n\`\`\`\n## Requirements\n\`\`\`\`\n### Requirement: Last [CAP-LAST]\nTHE system SHALL end.\n\n#### Scenario: S\nx`,
    ),
    delta: "## REMOVED Requirements\n### Requirement: Last [CAP-LAST]",
    merged: main(
      `${requirement("Alpha [CAP-ALPHA]")}\n\n- a\n  ~~~md\n  ### Requirement: In a list\n\n\n\n  ~~~\n\n\`\`\`\`\n\`\`\`\n## Requirements\n\`\`\`\``,
    ),
  },
  "carriage returns and a byte order mark": {
    main: `\ufeff${base.replaceAll("\n", "\r\n")}`,
    delta: `\ufeff## REMOVED Requirements\r\n### Requirement: Alpha [CAP-ALPHA]\r\n`,
    merged: main(requirement("Beta [CAP-BETA]", undefined, "Two [CAP-TWO]")).replaceAll("\n", "\r\n"),
  },
  "an odd name": {
    main: main(requirement("`"), requirement("Beta [CAP-BETA]")),
    delta: "## REMOVED Requirements\n- ### Requirement: `",
    merged: main(requirement("Beta [CAP-BETA]")),
  },
  "as many line endings of one kind as of the other": {
    main: "## Purpose\r\nx\n\r\n## Requirements\n",
    delta: `## ADDED Requirements\n${requirement("A [C-A]")}`,
    merged: `## Purpose\nx\n\n## Requirements\n\n${requirement("A [C-A]")}\n`.replaceAll("\n", "\r\n"),
  },
  "a section heading of blanks ends the section": {
    main: base,
    delta: `## ADDED Requirements\n${requirement("A [C-A]")}\n##  \n${requirement("B [C-B]")}`,
    merged: `${base}\n${requirement("A [C-A]")}\n`,
  },
  "a section heading of one blank ends only the requirement": {
    main: base,
    delta: `## ADDED Requirements\n${requirement("A [C-A]")}\n## \nnowhere\n${requirement("B [C-B]")}`,
    merged: `${base}\n${requirement("A [C-A]")}\n\n${requirement("B [C-B]")}\n`,
  },
  "frontmatter, a preamble and a section behind the requirements": {
    main: `---\ntitle: Cap\n---\n${base.replace("## Requirements\n", "## Requirements\nPreamble.\n")}\n## Notes\n\nText\n`,
    delta: `## ADDED Requirements\n${requirement("New [CAP-NEW]")}`,
    merged: `---\ntitle: Cap\n---\n${base.replace("## Requirements\n", "## Requirements\n\nPreamble.\n")}\n${requirement("New [CAP-NEW]")}\n\n## Notes\n\nText\n`,
  },
};

describe("merging", () => {
  test.each(Object.entries(accepted))("%s", async (_, { main: before, delta, merged }) => {
    traceSpec("SPEC-MERGE");
    expect(merge(before, delta).text).toBe(merged);
    expect((await folder.archive(before, delta)).text).toBe(merged);
  });

  test.each([
    [
      "its own Purpose",
      "## Purpose\n\nIt is for more than fifty characters, so that nobody complains.\n\n",
      "It is for more than fifty characters, so that nobody complains.",
    ],
    ["a placeholder", "", "TBD - created by archiving change my-change. Update Purpose after archive."],
    [
      "a placeholder for a Purpose that hides what follows",
      "## Purpose\nText <!-- \n\n",
      "TBD - created by archiving change my-change. Update Purpose after archive.",
    ],
    [
      "a placeholder for a Purpose with a comment",
      "## Purpose\nText <!-- note --> more\n\n",
      "TBD - created by archiving change my-change. Update Purpose after archive.",
    ],
    ["the Purpose behind a comment", "<!--\n## Purpose\nHidden\n--!>\n## Purpose\nShown.\n\n", "Shown."],
    [
      "a placeholder for a Purpose without prose",
      "## Purpose\n```\ncode\n```\n\n",
      "TBD - created by archiving change my-change. Update Purpose after archive.",
    ],
  ])("a new capability gets %s", async (_, head, purpose) => {
    traceSpec("SPEC-MERGE-NEW");
    const delta = `${head}## ADDED Requirements\n\n${requirement("New [CAP-NEW]")}\n`;
    const merged = merge(null, delta);
    expect(merged.text).toBe(
      `# area/cap Specification\n\n## Purpose\n${purpose}\n\n## Requirements\n\n${requirement("New [CAP-NEW]")}\n`,
    );
    expect(merged.path).toBe(MAIN);
    expect(merged.findings).toEqual([]);
    expect((await folder.archive(null, delta)).text).toBe(merged.text);
  });

  test.each([
    ["an addition", `## ADDED Requirements\n${requirement("Alpha [CAP-ALPHA]")}\n\n\n`],
    ["a change", `## MODIFIED Requirements\n${requirement("Alpha [CAP-ALPHA]")}`],
    ["a removal", "## REMOVED Requirements\n### Requirement: Gone [CAP-GONE]"],
    [
      "a rename",
      "## RENAMED Requirements\nFROM: ### Requirement: Old [CAP-ALPHA]\nTO: ### Requirement: Alpha [CAP-ALPHA]",
    ],
  ])("%s that is carried out already leaves the file as it is", async (_, delta) => {
    traceSpec("SPEC-MERGE-SYNCED");
    const untidy = base.replace("## Requirements\n", "## Requirements\n\n\n\n");
    expect(merge(untidy, delta).text).toBe(untidy);
    expect((await folder.archive(untidy, delta)).text).toBe(untidy);
  });

  const refused: [string, string, string | null, string][] = [
    ["SPEC020", "a removal in another case", base, "## REMOVED Requirements\n### Requirement: ALPHA [CAP-ALPHA]"],
    [
      "SPEC021",
      "a change of an unknown heading",
      base,
      `## MODIFIED Requirements\n${requirement("Gamma [CAP-GAMMA]")}`,
    ],
    [
      "SPEC021",
      "a change whose heading is closed twice",
      main(requirement("Alpha")),
      `## MODIFIED Requirements\n${requirement("Alpha ## #", "THE system SHALL win.")}`,
    ],
    [
      "SPEC022",
      "an addition of a known heading",
      base,
      `## ADDED Requirements\n${requirement("Alpha [CAP-ALPHA]", "Other.")}`,
    ],
    ["SPEC022", "an addition with other spacing", base, `## ADDED Requirements\n${requirement("Alpha  [CAP-ALPHA]")}`],
    [
      "SPEC023",
      "a rename of an unknown heading",
      base,
      "## RENAMED Requirements\nFROM: ### Requirement: X\nTO: ### Requirement: Y",
    ],
    [
      "SPEC024",
      "a rename onto a known heading",
      base,
      "## RENAMED Requirements\nFROM: ### Requirement: Alpha [CAP-ALPHA]\nTO: ### Requirement: beta [CAP-BETA]",
    ],
    ["SPEC025", "the same addition twice", base, `## ADDED Requirements\n${requirement("X")}\n${requirement("X ##")}`],
    [
      "SPEC025",
      "a change and a removal",
      base,
      `## MODIFIED Requirements\n${requirement("Alpha [CAP-ALPHA]")}\n## REMOVED Requirements\n### Requirement: Alpha [CAP-ALPHA]`,
    ],
    [
      "SPEC025",
      "a change under the old heading",
      base,
      `## MODIFIED Requirements\n${requirement("Alpha [CAP-ALPHA]")}\n## RENAMED Requirements\nFROM: ### Requirement: Alpha [CAP-ALPHA]\nTO: ### Requirement: Y`,
    ],
    [
      "SPEC026",
      "a change without a main specification",
      null,
      `## MODIFIED Requirements\n${requirement("Alpha [CAP-ALPHA]")}`,
    ],
    ["SPEC027", "a change without an operation", base, "## ADDED  Requirements\n### Requirement: A\n"],
    [
      "SPEC028",
      "a change that drops a scenario",
      base,
      `## MODIFIED Requirements\n${requirement("Alpha [CAP-ALPHA]", undefined, "Other")}`,
    ],
    ["SPEC036", "half a rename", base, "## RENAMED Requirements\n- FROM: ### Requirement: Alpha [CAP-ALPHA]"],
    [
      "SPEC037",
      "a main specification with a heading of a change",
      `${base}\n## ADDED Requirements\n`,
      `## ADDED Requirements\n${requirement("X")}`,
    ],
  ];

  test.each(refused)("%s: both refuse %s", async (code, _, before, delta) => {
    traceSpec("SPEC-MERGE-REFUSED");
    const merged = merge(before, delta);
    expect(merged.text).toBeNull();
    const errors = merged.findings.filter((each) => each.severity === "error").map((each) => each.code);
    expect(errors).toContain(code);
    expect((await folder.archive(before, delta)).refused).not.toBeNull();
  });

  test.each([
    [
      "the last requirement goes",
      main(requirement("Alpha [CAP-ALPHA]")),
      "## REMOVED Requirements\n### Requirement: Alpha [CAP-ALPHA]",
    ],
    ["an addition has no scenario", base, "## ADDED Requirements\n### Requirement: X [CAP-X]\nTHE system SHALL x."],
    [
      "an addition has an empty scenario",
      base,
      "## ADDED Requirements\n### Requirement: X [CAP-X]\nTHE system SHALL x.\n#### Scenario: Y\n",
    ],
    ["an addition has no text", base, "## ADDED Requirements\n### Requirement: X [CAP-X]\n#### Scenario: Y\nz"],
    [
      "a heading without a title cuts the Purpose off",
      base.replace("## Purpose\n", "## Purpose\n## \n"),
      `## ADDED Requirements\n${requirement("X [CAP-X]")}`,
    ],
    ["there is no Purpose", base.replace("## Purpose", "## Aim"), `## ADDED Requirements\n${requirement("X [CAP-X]")}`],
  ])("the result is refused when %s", async (_, before, delta) => {
    traceSpec("SPEC-MERGE-INVALID");
    const merged = merge(before, delta);
    const archived = await folder.archive(before, delta);
    expect(archived.invalid).not.toEqual([]);
    expect(merged.text).toBe(archived.text);
    expect(merged.findings.map((each) => [each.code, each.severity])).toContainEqual(["SPEC038", "error"]);
  });

  test("an entry that OpenSpec does not read is named", () => {
    traceSpec("SPEC-DELTA-UNREAD");
    const delta =
      "## ADDED Requirements\n### Loose heading\n\n## RENAMED Requirements\n### Requirement: Alpha [CAP-ALPHA]\n- FROM: ### Requirement: Beta [CAP-BETA]\n- TO: ### Requirement: B [CAP-BETA]\n\n## REMOVED Requirements\n### Alpha\n";
    expect(places(merge(base, delta))).toEqual([
      `SPEC029 ${DELTA}:2:1`,
      `SPEC029 ${DELTA}:5:1`,
      `SPEC029 ${DELTA}:10:1`,
    ]);
  });

  test("a section that goes with the requirement above it is named", () => {
    traceSpec("SPEC-MERGE");
    const before = main(
      `${requirement("Alpha [CAP-ALPHA]")}\n\n### State machine\n\nText`,
      requirement("Beta [CAP-BETA]"),
    );
    const delta = "## REMOVED Requirements\n### Requirement: Alpha [CAP-ALPHA]\n";
    expect(places(merge(before, delta))).toEqual([`SPEC039 ${MAIN}:15:1`]);
    expect(merge(before, delta).text).toBe(main(requirement("Beta [CAP-BETA]")));
    // A rename keeps the section. (To OpenSpec's validation it is a requirement without a scenario.)
    const rename =
      "## RENAMED Requirements\nFROM: ### Requirement: Alpha [CAP-ALPHA]\nTO: ### Requirement: A [CAP-ALPHA]";
    expect(merge(before, rename).findings.map((each) => each.code)).toEqual(["SPEC038"]);
  });
});

test("the archive command writes the same bytes for a change over many capabilities", () => {
  traceSpec("SPEC-MERGE", "SPEC-MERGE-NEW");
  const root = mkdtempSync(join(tmpdir(), "openspec-command-"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const cases = [
    ...Object.values(accepted),
    { main: null, delta: `## ADDED Requirements\n\n${requirement("New [CAP-NEW]")}\n` },
  ];
  try {
    write("openspec/project.md", "# Project\n");
    write("openspec/changes/my-change/proposal.md", "# Change\n\n## Why\nIt is needed.\n\n## What Changes\n- all\n");
    const expected = cases.map((each, index) => {
      const [main, delta] = [`openspec/specs/c${index}/spec.md`, `openspec/changes/my-change/specs/c${index}/spec.md`];
      if (each.main !== null) write(main, each.main);
      write(delta, each.delta);
      const before = each.main === null ? null : { path: main, text: each.main };
      return [main, mergeDelta(before, { path: delta, text: each.delta }).text];
    });
    execFileSync(
      process.execPath,
      [resolve("node_modules/@fission-ai/openspec/bin/openspec.js"), "archive", "my-change", "--yes"],
      {
        cwd: root,
        env: { ...process.env, OPENSPEC_TELEMETRY: "0", DO_NOT_TRACK: "1", CI: "1", HOME: root },
        stdio: "pipe",
      },
    );
    expect(expected.map(([main]) => [main, readFileSync(join(root, main ?? ""), "utf8")])).toEqual(expected);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
