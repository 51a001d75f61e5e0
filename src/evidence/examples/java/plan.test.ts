import { traceSpec } from "spec-evidence/vitest";
import { expect, test } from "vitest";
import { planJava } from "./plan.js";

test("expectations keep offset and line, and comments leave blanks", () => {
  traceSpec("EXAMPLE-JAVA");
  const code = "/* a\n//=> 0 */ f(); //=> 1\n//* \ng(); // => type T\r\n";
  const plan = planJava({ code, firstLine: 7 });
  expect(
    plan.expectations.map(({ kind, expected, line, offset }) => [kind, expected, line, code.slice(offset, offset + 3)]),
  ).toEqual([
    ["value", "1", 2, "//="],
    ["any", "", 3, "//*"],
    ["type", "T", 4, "// "],
  ]);
  expect(plan.code).toHaveLength(code.length);
  expect(plan.code.replace(/\s+/gu, " ").trim()).toBe("f(); g();");
  expect(plan.problems).toEqual([]);
});

test.each(['f("//=> 1");', 'f("""\n  //=> 1\n  """);', "f('\"'); // no //=> 1", 'f("\\"//=> 1");'])(
  "%j holds no expectation",
  (code) => {
    traceSpec("EXAMPLE-PLACE-STRING");
    expect(planJava({ code, firstLine: 1 }).expectations).toEqual([]);
  },
);

test("a slip is told at its line", () => {
  traceSpec("EXAMPLE-PLACE-NEAR");
  const { problems } = planJava({ code: "f();\nf(); //-> 1\n/* => 2 */", firstLine: 20 });
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ["EX014", 21],
    ["EX014", 22],
  ]);
});
