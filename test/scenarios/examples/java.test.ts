import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExamplesReport } from "../../../src/model/examples-report.js";
import { hasJdk } from "../../builders/example-programs.js";
import { execute, Project } from "../harness.js";

/** Examples in Java, over a class that the project's build has left. */

const SPEC = "openspec/specs/right/spec.md";

const SHELF = `package shelf;

public class Shelf {
  public Shelf(int size) {
    if (size > 9) throw new IllegalArgumentException("too large");
  }

  public static int twice(int n) {
    return n * 2;
  }

  public static double half(double n) {
    return n / 2;
  }
}
`;

let project: Project;

beforeEach(() => {
  project = new Project("examples");
  rmSync(join(project.root, "openspec/specs/wrong"), { recursive: true });
  project.write("Shelf.java", SHELF);
});

afterEach(() => project.remove());

async function build(folder = "build/classes/java/main"): Promise<void> {
  mkdirSync(join(project.root, folder), { recursive: true });
  expect(await execute("javac", ["-d", folder, "Shelf.java"], project.root)).toMatchObject({ code: 0 });
}

async function run(
  codes: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; outcomes: string[]; found: string[][]; report: ExamplesReport }> {
  const sections = codes.map(
    (code, at) =>
      `### Requirement: Shelf ${at + 1} [SHELF-${at + 1}]\nTHE shelf SHALL hold.\n\n##### Evidence\n- Example:\n\`\`\`java\n${code}\n\`\`\`\n`,
  );
  const text = `# Shelf\n\n## Purpose\n\nHold.\n\n## Requirements\n\n${sections.join("\n")}`;
  project.write(SPEC, text);
  const { stdout, code } = await project.evidenceWith(env, "examples", "--format", "json");
  const report = JSON.parse(stdout) as ExamplesReport;
  const lines = text.split("\n");
  return {
    code,
    outcomes: report.examples.map(({ outcome }) => outcome),
    found: report.findings.map(({ code: finding, span }) => [finding, lines[span.line - 1] ?? ""]),
    report,
  };
}

const RIGHT: readonly string[] = [
  "import shelf.Shelf;\nShelf.twice(2); //=> 4\nint x = Shelf.twice(3); //=> 6\nx += 1; //=> 7\nlong big = Shelf.twice(2); //=> 4",
  'import static shelf.Shelf.*;\nList.of(twice(1), twice(2)) //=> List.of(2, 4)\nnew int[] { twice(1) } //=> new int[] {2}\nMap.of("a", twice(1)); //=> Map.of("a", 2)',
  'record Box(String name, int[] sizes) {}\nimport static shelf.Shelf.*;\nnew Box("a", new int[] { twice(2) }) //=> new Box("a", new int[] { 4 })\n"box-" + twice(1); //=> box-2\nString text = "//=> 3" + twice(2); //=> "//=> 34"',
  "import shelf.Shelf;\nnew Shelf(10); //=> throws IllegalArgumentException: too large\nnew Shelf(11); //=> throws RuntimeException\nnew Shelf(1); //=> type Shelf\nShelf.twice(1) //=> type int\nList<Integer> made = new ArrayList<>(); //=> type ArrayList\nmade //=> type List",
  "import static shelf.Shelf.*;\nhalf(0.2); //=> 0.1\n0.0 / half(0); //=> Double.NaN\nint area(int side) {\n  // the square\n  return twice(side) * side;\n}\n/* a\n//=> 3 */ area(3); //=> 18\nStream.of(1, 2)\n  .map(each -> twice(each))\n  .toList();\n//=> List.of(2, 4)",
  "import static shelf.Shelf.*;\nfor (int i = 0; i < 3; i += 1) {\n  System.out.println(twice(i));\n}\nchar sign = (char) ('a' + twice(1)); //=> 'c'\ntwice(2) == 4; //=> true\nString none = twice(1) == 2 ? null : \"a\"; //=> null\nSystem.getenv(\"TOKEN\"); //=> null\nMath.random(); //*",
];

const WRONG: readonly (readonly [code: string, line: string])[] = [
  ["EX001", "twice(2); //=> 5"],
  ["EX001", "half(0.0); //=> -0.0"],
  ["EX001", "Object made = (long) twice(1); //=> 2"],
  ["EX001", "new int[] { twice(1), 3 }; //=> new int[] { 2 }"],
  ["EX001", "List.of(new int[] { twice(1) }); //=> List.of(new int[] { 3 })"],
  ["EX001", '"box-" + twice(1); //=> box-3'],
  ["EX001", "System.out.println(twice(1)); twice(3); //=> 7"],
  ["EX002", "twice(1); //=> type String"],
  ["EX003", "new Shelf(1); //=> throws RuntimeException"],
  ["EX003", "new Shelf(10); //=> throws IllegalArgumentException: too small"],
  ["EX004", "new Shelf(12);"],
  ["EX005", "twice(6); //=> the double of six"],
  ["EX006", "class A {} //=> 3"],
  ["EX008", "twice(7"],
  ["EX008", "twicer(7);"],
  ["EX008", "int g() { return nothing(); }"],
  ["EX009", "while (twice(1) == 2) {}"],
  ["EX010", "System.exit(3);"],
  ["EX011", "import no.such.Thing;"],
  ["EX012", "twice(8);"],
  ["EX013", "9 + 1; //=> 10"],
  ["EX014", "twice(9); //-> 18"],
  ["EX018", "new Shelf(1); //=> new Shelf(1)"],
];

describe.skipIf(!hasJdk())("examples in Java", () => {
  it("that are right have nothing reported", async () => {
    traceSpec("EXAMPLE-JAVA");
    await build();
    const { outcomes, found, code, report } = await run(RIGHT);
    expect(found).toEqual([]);
    expect(outcomes).toEqual(RIGHT.map(() => "pass"));
    expect(report.examples.at(-1)?.output).toBe("0\n2\n4\n");
    expect(code).toBe(0);
  });

  it("that are wrong have each its defect reported at its line", async () => {
    traceSpec("EXAMPLE-JAVA-VALUE");
    await build();
    const { found } = await run(WRONG.map(([, line]) => `import shelf.Shelf;\nimport static shelf.Shelf.*;\n${line}`));
    const wanted = WRONG.map(([code, line]) => [code, code === "EX012" ? "import shelf.Shelf;" : line]);
    expect([...found].sort()).toEqual(wanted.sort());
  });

  it("find what Maven built, and say what is not built", async () => {
    traceSpec("EXAMPLE-JAVA-CLASSES");
    const code = "shelf.Shelf.twice(2) //=> 4";
    expect((await run([code])).found).toEqual([["EX008", code]]);
    await build("target/classes");
    expect((await run([code])).found).toEqual([]);
  });
});

it("examples in Java are inconclusive without a JDK, which is said", async () => {
  traceSpec("EXAMPLE-PROCESS-PROGRAM");
  symlinkSync(process.execPath, join(project.root, "node"));
  const { outcomes, report, code } = await run(["1 + 1 //=> 2"], { PATH: project.root, JAVA_HOME: "" });
  expect(outcomes).toEqual(["inconclusive"]);
  expect(report.examples[0]?.notes).toEqual(["not run: jshell is missing"]);
  expect(report.findings).toMatchObject([{ code: "EX016", severity: "warning" }]);
  expect(code).toBe(1);
});
