import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { DeclaredTests } from "./declared-tests.js";

const SOURCE = `import { expect, it } from "vitest";
it("first", () => {});
describe("outer", () => {
  it("same", () => {});
  it("same", () => { throw new Error(); });
  it.each([1, 2])("adds %i", (n) => { expect(n).toBe(n); });
});
it.each(["a"])("1 %s", () => {});
it.each(["b"])("1 %s", () => {});
for (const title of titles) it(title, () => {});
`;

describe("the declaration of a test", () => {
  const declared = new DeclaredTests("a.test.ts", SOURCE, true);

  it.each([
    [["first"], 0, 2],
    [["outer", "same"], 0, 4],
    [["outer", "same"], 1, 5],
    [["outer", "adds 7"], 0, 6],
    [["outer", "first"], 0, 10],
    [["1 thing"], 0, null],
  ])("of %j, order %i, stands in line %j", (titles, order, line) => {
    traceSpec("VIT-RECORD-PLACE");
    expect(declared.find(titles, order).line).toBe(line);
  });

  it("is the one whose title says most where several fit", () => {
    traceSpec("VIT-RECORD-PLACE");
    const source = 'it.each([1])("%s", () => {});\nit.each([2])("adds %s", () => {});\n';
    const fitting = new DeclaredTests("a.test.ts", source, true);
    expect([fitting.find(["adds 2"], 0).line, fitting.find(["takes 2"], 0).line]).toEqual([2, 1]);
  });

  it("is not guessed in a file without one", () => {
    traceSpec("VIT-RECORD-PLACE", "VIT-COUNT-UNSEEN");
    for (const path of ["a.test.ts", "a.unknown"]) {
      const nothing = new DeclaredTests(path, "const a = 1;", true).find(["first"], 0);
      expect([nothing.line, nothing.assertsUnseen()]).toEqual([null, true]);
    }
  });
});

/** Whether a test with this body may assert by what is not counted. */
function unseen(body: string, head = 'import { assert, expect } from "vitest";', resolved = true): boolean {
  const text = `${head}\nit("t", async () => {\n${body}\n});\n`;
  return new DeclaredTests("a.test.ts", text, resolved).find(["t"], 0).assertsUnseen();
}

describe("a body", () => {
  it.each([
    "",
    'traceSpec("AREA-NAME");',
    "const box = new Box(); box.put(1);",
    "if (box.size > 5) expect(box.size).toBe(9);",
    "expect.soft(1); expect.poll(() => 2); assert(3); assert.equal(4, 4);",
    "expect.assertions(0); expect.hasAssertions();",
    'const text = "throw new Error()"; // assertHolds(box)',
    `\`throw \${box.size} expectAll(\`;`,
    "const { rejected } = expectation; parseExpectation(text); assertion.make();",
    "fc.assert(fc.property(fc.integer(), (n) => { f(n); }));",
    "box.throwBall(); failover(); redone();",
  ])("that holds only what is counted can be empty of assertions: %s", (body) => {
    traceSpec("VIT-COUNT-ZERO");
    expect(unseen(body)).toBe(false);
  });

  it.each([
    "if (box.size !== 1) throw new Error();",
    "assertHolds(box);",
    "await expectNoErrors(page);",
    "helpers.assertHolds(box);",
    "await request(app).get('/').expect(200);",
    "verify(mock.called()).once();",
    "box.size.should.equal(1);",
    "await new Promise((resolve, reject) => { on(e => reject(e)); });",
    `\`\${fail()}\`;`,
  ])("may assert by other means: %s", (body) => {
    traceSpec("VIT-COUNT-UNSEEN");
    expect(unseen(body)).toBe(true);
  });

  it.each([
    'import { expect } from "chai";',
    'import assert from "power-assert";',
    'import {\n  expect as expect,\n} from "./own";',
  ])("may assert by what it imports: %s", (head) => {
    traceSpec("VIT-COUNT-UNSEEN");
    const body = head.includes("power") ? "if (a) assert(b);" : "if (a) expect(b).to.be.true;";
    expect(unseen(body, head)).toBe(true);
    expect(unseen(body, 'import { assert, expect } from "vitest";')).toBe(false);
  });

  it("may assert by what only the plugin makes count, where the plugin is not", () => {
    traceSpec("VIT-COUNT-UNSEEN");
    const node = 'import assert, { equal as same } from "node:assert";';
    const fastCheck = 'import fc from "fast-check";';
    for (const [head, body] of [
      [node, "assert(a);"],
      [node, "same(a, b);"],
      [fastCheck, "fc.assert(p);"],
    ] as const) {
      expect([unseen(body, head), unseen(body, head, false)]).toEqual([false, true]);
    }
    expect(unseen("if (a) expect(a);", undefined, false)).toBe(false);
    expect(unseen("assert(a);", 'const assert = require("node:assert");')).toBe(true);
  });

  it("is read in time that grows with its length", () => {
    traceSpec("VIT-COUNT-UNSEEN");
    for (const piece of ["a . ", "a(", "expect", "import a ", "assert.", "((((", "a<b "]) {
      expect(typeof unseen(piece.repeat(20_000), piece.repeat(5_000))).toBe("boolean");
    }
  });
});
