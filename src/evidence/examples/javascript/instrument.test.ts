import { traceSpec } from "spec-evidence/vitest";
import { expect, test } from "vitest";
import { planJavaScript } from "./plan.js";

/** What an observer is told, without the observer: the instrumented program is run as a function over a recording one. */
async function observe(code: string): Promise<unknown[]> {
  const plan = planJavaScript(
    {
      code,
      firstLine: 1,
      language: "js",
      expectations: [],
      span: { file: "s.md", line: 1, column: 1, endLine: 1, endColumn: 1 },
    },
    { url: "observer", base: 100 },
    null,
  );
  const program = plan.program ?? "";
  const mark = /^import\*as (\S+) from "observer";/u.exec(program)?.[1] ?? "";
  const seen: unknown[] = [];
  let kept: unknown;
  const tell =
    (name: string) =>
    (...rest: unknown[]) =>
      void seen.push([name, ...rest]);
  const observer = {
    ...Object.fromEntries(["at", "any", "type", "value", "text", "calm"].map((name) => [name, tell(name)])),
    threw: (number: number, error: Error) => void seen.push(["threw", number, error.message]),
    given: (given: unknown) => given,
    failed: () => "failed",
    settle: (result: unknown) => result,
    hold: (value: unknown) => {
      kept = value;
      return value;
    },
    held: () => kept,
  };
  const body = program.slice(program.indexOf(";") + 1);
  const run = new Function(mark, `return (async () => {${body}\n})()`) as (observer: unknown) => Promise<void>;
  await run(observer).catch((error: Error) => seen.push(["ended", error.message]));
  return seen.filter((each) => (each as unknown[])[0] !== "at");
}

test.each([
  ["an expression", 'Number("2"); //=> 2', [["value", 100, 2, 2]]],
  ["a declaration", "let a = 1, b = a + 1; //=> 2", [["value", 100, 2, 2]]],
  ["a pattern", "const { a } = { a: 1, b: 2 }; //=> 3", [["value", 100, { a: 1, b: 2 }, 3]]],
  ["a function", "function f() {} //=> type function", [["type", 100, expect.any(Function)]]],
  ["a returned value", "const f = () => { return 4; //=> 5\n};\nf();", [["value", 100, 4, 5]]],
  ["words", 'String("a b"); //=> a b', [["text", 100, "a b", null]]],
  ["a name that is none", 'String("a"); //=> a', [["text", 100, "a", "failed"]]],
  ["anything", "Math.max(1); //*", [["any", 100]]],
])("%s is told with its value", async (_, code, told) => {
  traceSpec("EXAMPLE-VALUE");
  expect(await observe(code)).toEqual(told);
});

test.each([
  ["an error", 'JSON.parse("{"); //=> throws\nMath.max(2); //=> 2', ["threw", "value"]],
  ["none", 'JSON.parse("1"); //=> throws\nMath.max(2); //=> 2', ["calm", "value"]],
  ["a rejection", 'Promise.reject(new Error("no")); //=> throws\nMath.max(2); //=> 2', ["threw", "value"]],
  ["one in a declaration", 'const a = JSON.parse("{"); //=> throws\nMath.max(2); //=> 2', ["threw", "value"]],
  ["one that is not expected", 'JSON.parse("{"); //=> 1\nMath.max(2); //=> 2', ["ended"]],
])("of %s an example learns by `throws` only", async (_, code, told) => {
  traceSpec("EXAMPLE-THROWS-UNEXPECTED", "EXAMPLE-THROWS-PROMISE");
  expect((await observe(code)).map((each) => (each as unknown[])[0])).toEqual(told);
});

test("a promise is told as a promise where no error is expected", async () => {
  traceSpec("EXAMPLE-VALUE-EXPRESSION");
  expect(await observe("Promise.resolve(1); //=> 1")).toEqual([["value", 100, expect.any(Promise), 1]]);
});

test("lines stay where they are, and names of the example are not taken", () => {
  traceSpec("EXAMPLE-PLACE-LINE");
  const code = "const $evidence = Number(1); //=> 1\n\nfoo(\n  $evidence,\n); //=> throws ReferenceError\nbar();";
  const { program, expectations } = planJavaScript(
    {
      code,
      firstLine: 11,
      language: "js",
      expectations: [],
      span: { file: "s.md", line: 1, column: 1, endLine: 1, endColumn: 1 },
    },
    { url: "observer", base: 0 },
    null,
  );
  expect(program?.split("\n")).toHaveLength(6);
  expect(program?.split("\n")[5]).toContain(".at(6);bar();");
  expect(program).toMatch(/^import\*as \$evidence_+ from /u);
  expect(expectations.map(({ line }) => line)).toEqual([11, 15]);
});

test("Windows line ends leave lines and expectations as they are", async () => {
  traceSpec("EXAMPLE-PLACE-LINE");
  expect(await observe('Number("1");\r\nNumber("2"); //=> 3\r\n')).toEqual([["value", 100, 2, 3]]);
});
