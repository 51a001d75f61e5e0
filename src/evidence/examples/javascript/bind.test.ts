import { traceSpec } from "spec-evidence/vitest";
import { expect, test } from "vitest";
import { bindExpectations } from "./bind.js";
import { parseProgram } from "./program.js";

function bind(code: string) {
  const program = parseProgram(code);
  const bound = bindExpectations(program, (offset) => code.slice(0, offset).split("\n").length);
  const owners = [...bound.byStatement].flatMap(([node, indices]) =>
    indices.map((index) => [bound.expectations[index]?.expected, code.slice(node.start, node.end)]),
  );
  return { ...bound, owners, codes: bound.problems.map(({ code: each, line }) => [each, line]) };
}

test.each([
  ["the statement before it", "f(); g(); //=> 1", [["1", "g();"]]],
  ["one on the line above, behind comments", "f();\n/* why */ // so\n//=> 1", [["1", "f();"]]],
  ["one without semicolon", "f() //=> 1", [["1", "f()"]]],
  [
    "several expectations",
    "f(); //=> 1\n//=> type number",
    [
      ["1", "f();"],
      ["type number".slice(5), "f();"],
    ],
  ],
  ["the inner statement of a block", "{ f(); //=> 1\n}", [["1", "f();"]]],
])("an expectation belongs to %s", (_, code, owners) => {
  traceSpec("EXAMPLE-PLACE");
  expect(bind(code).owners).toEqual(owners);
});

test.each([
  ["no statement before it", "//=> 1\nf();", 1],
  ["code between", "f(\n//=> 1\n);", 2],
  ["a block before it", "f();\n{ g(); } //=> 1", 2],
  ["an import before it", 'import "a"; //=> 1', 1],
  ["an import that cannot throw", 'import "a"; //=> throws Error', 1],
  ["a `return` without a value", "const f = () => { return; //=> 1\n}", 1],
])("an expectation with %s belongs to none", (_, code, line) => {
  traceSpec("EXAMPLE-PLACE-NONE");
  const { owners, codes } = bind(code);
  expect(owners).toEqual([]);
  expect(codes).toEqual([["EX006", line]]);
});

test.each([
  ['"//=> 1";', []],
  ["`//=> 1`;", []],
  ["/[//=>]/u;", []],
  ["/* //=> 1 */", []],
  ["f(); // see //=> 1", []],
])("text in %s is no expectation", (code, owners) => {
  traceSpec("EXAMPLE-PLACE-STRING");
  expect(bind(code)).toMatchObject({ owners, codes: [] });
});

test.each(["//-> 1", "//==> 1", "// → 1", "/* => 1 */", "//= 1"])("%s is taken for a slip", (comment) => {
  traceSpec("EXAMPLE-PLACE-NEAR");
  expect(bind(`f(); ${comment}`).codes).toEqual([["EX014", 1]]);
});

test.each([
  ["1 + 2; //=> 3", "it compares constants"],
  ["const x = [1, `a`]; //=> [1, 'a']", "it compares constants"],
  ["f( 1 ); //=> f( 1 )", "it compares an expression with itself"],
  ["throw new Error(); //=> throws Error", "it throws what it says"],
  ["f(); //=> 3", null],
  [["`$", "{f()}`; //=> 3"].join(""), null],
  ["-x; //=> 3", null],
])("%s: %s", (code, reason) => {
  traceSpec("EXAMPLE-EVIDENCE-HOLLOW");
  expect(bind(code).expectations.map(({ cannotFail }) => cannotFail)).toEqual([reason]);
});
