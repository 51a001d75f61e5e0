import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { outlinesOf, statementsOf, statementsOfSpec } from "../../test/builders/ears.js";
import type { Span } from "../model/span.js";

/** What stands in a text at a span. */
function at(text: string, span: Span): string {
  const lines = text.split("\n").slice(span.line - 1, span.endLine);
  const last = lines.length - 1;
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? span.column - 1 : 0, index === last ? span.endColumn - 1 : undefined),
    )
    .join("\n");
}

describe("parseStatements", () => {
  it("reads every sentence of requirements and scenarios, in order of place", () => {
    traceSpec("EARS-STATEMENT");
    const statements = statementsOfSpec(
      [
        "## Requirements",
        "### Requirement: One [BOX-ONE]",
        "THE box SHALL open. It is red.",
        "",
        "THE box SHALL close.",
        "#### Scenario: Two [BOX-ONE-TWO]",
        "WHEN it rains, THE box MAY leak.",
      ].join("\n"),
    );
    expect(statements.map((each) => [each.origin.tag, each.ordinal, each.sentence])).toEqual([
      ["BOX-ONE", 1, "THE box SHALL open."],
      ["BOX-ONE", 2, "It is red."],
      ["BOX-ONE", 3, "THE box SHALL close."],
      ["BOX-ONE-TWO", 1, "WHEN it rains, THE box MAY leak."],
    ]);
    expect(statements[3]?.origin).toMatchObject({
      kind: "scenario",
      parent: "BOX-ONE",
      title: "Two",
      capability: "example",
    });
  });

  it.each([
    ["The box is red.", "no-modal"],
    ["THE box SHALL open. It may leak.", "lower-case-modal"],
    ["that SHALL open.", "no-subject"],
    ["when it rains the box shall open.", "no-split"],
    ["WHEN, THE box SHALL open.", "no-condition"],
    ["THE box SHALL.", "no-response"],
    ["- WHEN it rains\n- THEN the box opens", "steps"],
    ["WHEN it rains THEN the box opens.", "steps"],
  ])("keeps %s as unread: %s", (text, reason) => {
    traceSpec("EARS-STATEMENT-UNREAD");
    const [last] = statementsOf(text).slice(-1);
    expect(last).toMatchObject({ status: "unread", reason });
    expect(last?.sentence.length).toBeGreaterThan(0);
  });

  it("leaves a sentence unread that no person wrote", () => {
    traceSpec("EARS-STATEMENT-HOSTILE");
    expect(outlinesOf(`THE box SHALL open ${"and on ".repeat(2_000)}.`)).toEqual(["unread: too-long"]);
    expect(outlinesOf(`THE box SHALL open${" and SHALL close".repeat(100)}.`)).toEqual(["unread: too-long"]);
    expect(statementsOf(`THE box SHALL open${" and SHALL close".repeat(20)}.`)).toHaveLength(21);
  });

  it("gives each part its place", () => {
    traceSpec("EARS-STATEMENT-SPAN");
    const text =
      "## Requirements\n\n### Requirement: A [BOX-A]\nWHEN the `rain, it`\nfalls, THE *big* box SHALL\n  NOT open within 5 s until noon.\n";
    const [statement] = statementsOfSpec(text);
    if (statement?.status !== "read") throw new Error("expected a read statement");
    const clause = statement.clauses[0];
    const places = [statement.span, clause?.span, clause?.phrase.span, statement.system?.span, statement.modal.span];
    const timing = statement.timing.map((each) => at(text, each.phrase.span));
    expect(places.map((span) => (span === undefined ? null : at(text, span)))).toEqual([
      "WHEN the `rain, it`\nfalls, THE *big* box SHALL\n  NOT open within 5 s until noon.",
      "WHEN the `rain, it`\nfalls",
      "the `rain, it`\nfalls",
      "big* box",
      "SHALL\n  NOT",
    ]);
    expect(statement.response === null ? null : at(text, statement.response.span)).toBe("open");
    expect(timing).toEqual(["within 5 s", "until noon"]);
    expect(statement.timing[1]?.event?.span).toMatchObject({ line: 6, column: 29 });
    const [code] = clause?.phrase.tokens.filter((token) => token.kind === "code") ?? [];
    expect(code === undefined ? null : text.slice(code.start, code.end)).toBe("`rain, it`");
  });

  it("reads the same with a byte order mark and carriage returns", () => {
    traceSpec("EARS-STATEMENT-CRLF");
    const text =
      "## Requirements\n\n### Requirement: A [BOX-A]\nWHEN it rains\nhard, THE box SHALL:\n\n- open\n- close\n";
    const places = (source: string) =>
      statementsOfSpec(source).map((each) => [
        each.span,
        each.status === "read" ? [each.readBack, each.modal.span, each.items.map((item) => item.span)] : null,
      ]);
    expect(places(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(places(text));
    expect(places(text)).toHaveLength(1);
    expect(statementsOfSpec(`\uFEFF${text}`)).toEqual(statementsOfSpec(text));
  });

  it("rebuilds the sentence from the reading", () => {
    traceSpec("EARS-STATEMENT-READBACK");
    const text =
      "When the  button\nis pressed, the box must not close\n`a`, immediately; if it rains, then it may leak for no more than five minutes.";
    expect(statementsOf(text).map((each) => (each.status === "read" ? each.readBack : null))).toEqual([
      "WHEN the button is pressed, THE box SHALL NOT close `a` immediately.",
      "IF it rains, THEN it MAY leak for at most 5 min.",
    ]);
  });
});

describe("sentences", () => {
  it.each([
    ["THE box SHALL log, e.g. `rain`, snow etc. THE lid SHALL turn.", 2],
    ["THE box SHALL log rain vs. `snow` in spec.md, v1.2.", 1],
    ["THE box SHALL open! the lid SHALL turn. `x` SHALL stay.", 3],
    ['THE box SHALL print "It rains." THE lid SHALL turn.', 2],
    ["THE box SHALL open (It rains. Or so). THE lid SHALL turn.", 2],
  ])("are counted in %s", (text, count) => {
    traceSpec("EARS-STATEMENT");
    expect(statementsOf(text).map((each) => each.status)).toEqual(Array.from({ length: count }, () => "read"));
  });
});

describe("lists and tables", () => {
  it("gives items and rows", () => {
    traceSpec("EARS-LIST");
    expect(outlinesOf("WHEN a, THE box SHALL:\n\n- open the `lid`;\n- [ ] close it.\n")).toEqual([
      "WHEN {a} / box SHALL {} / - open the `lid` / - close it",
    ]);
    expect(outlinesOf("THE box SHALL enforce these values:\n1. `a`: must be b\n2. c")).toEqual([
      "box SHALL {enforce these values} / - `a`: must be b / - c",
    ]);
    const [table] = statementsOf("THE box SHALL answer:\n\n| input | answer |\n|---|---|\n| `a|b` | 1 |\n| c | 2 |\n");
    expect(table).toMatchObject({
      columns: { text: "input | answer" },
      items: [{ text: "`a|b` | 1" }, { text: "c | 2" }],
    });
  });

  it("reads items with obligations apart", () => {
    traceSpec("EARS-LIST-OWN");
    expect(outlinesOf("WHEN a, THE box SHALL do this:\n\n- open\n- THE lid SHALL turn\n")).toEqual([
      "WHEN {a} / box SHALL {do this} / - open",
      "WHEN {a} / lid SHALL {turn} / doubt condition-scope",
    ]);
    expect(outlinesOf("Rules.\n\n- THE box SHALL open.\n- THE lid SHALL turn.\n")).toEqual([
      "unread: no-modal",
      "box SHALL {open}",
      "lid SHALL {turn}",
    ]);
  });

  it("gives a condition before a list to its items", () => {
    traceSpec("EARS-LIST-CONDITION");
    expect(outlinesOf("WHEN a:\n\n- THE box SHALL open.\n- THE lid SHALL turn.\n")).toEqual([
      "WHEN {a} / box SHALL {open}",
      "WHEN {a} / lid SHALL {turn}",
    ]);
  });

  it("reads steps", () => {
    traceSpec("EARS-LIST-STEPS");
    expect(
      outlinesOf(
        "- **GIVEN** a is on\n- **WHEN** b comes\n- **AND** c goes\n- **THEN** the box SHALL open\n- **AND** rings\n",
      ),
    ).toEqual(["WHILE {a is on} / WHEN {b comes} / WHEN {c goes} / box SHALL {open}", "unread: steps"]);
  });

  it("takes the lines of a fence in an item for its text", () => {
    traceSpec("EARS-LIST");
    expect(outlinesOf("THE box SHALL:\n\n- print\n  ```\n  - no item\n  ```\n- close\n")).toEqual([
      "box SHALL {} / - print ``` - no item ``` / - close",
    ]);
  });

  it("reads nested items", () => {
    traceSpec("EARS-LIST-NESTED");
    expect(outlinesOf("THE box SHALL:\n- open\n  - slowly\n    - at night\n- close\n")).toEqual([
      "box SHALL {} / - open / - slowly / - at night / - close",
    ]);
    expect(
      outlinesOf("- THE box SHALL:\n  - open\n  - close\n- THE lid SHALL turn\n  - THE lamp SHALL burn\n"),
    ).toEqual(["box SHALL {} / - open / - close", "lid SHALL {turn}", "lamp SHALL {burn}"]);
  });
});
