import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ExamplesReport } from "../../../src/model/examples-report.js";
import { hasPython } from "../../builders/example-programs.js";
import { Project } from "../harness.js";

/** Examples in Python, with the same expectations behind `#=>`. */

const SPEC = "openspec/specs/right/spec.md";

let project: Project;

beforeEach(() => {
  project = new Project("examples");
  rmSync(join(project.root, "openspec/specs/wrong"), { recursive: true });
  project.write(
    "shelf.py",
    "class Shelf:\n    def __init__(self, size):\n        self.size = size\n\ndef double(n):\n    return n * 2\n",
  );
});

afterEach(() => project.remove());

async function run(
  ...codes: string[]
): Promise<{ outcomes: string[]; found: (string | number)[][]; report: ExamplesReport }> {
  const sections = codes.map(
    (code, at) =>
      `### Requirement: Shelf ${at + 1} [SHELF-${at + 1}]\nTHE shelf SHALL hold.\n\n##### Evidence\n- Example:\n\`\`\`python\n${code}\n\`\`\`\n`,
  );
  const text = `# Shelf\n\n## Purpose\n\nHold.\n\n## Requirements\n\n${sections.join("\n")}`;
  project.write(SPEC, text);
  const { stdout } = await project.evidence("examples", "--format", "json");
  const report = JSON.parse(stdout) as ExamplesReport;
  const lines = text.split("\n");
  return {
    outcomes: report.examples.map(({ outcome }) => outcome),
    found: report.findings.map(({ code, span }) => [code, lines[span.line - 1] ?? ""]),
    report,
  };
}

it.skipIf(!hasPython())("that are right have nothing reported", async () => {
  traceSpec("EXAMPLE-PYTHON");
  const { outcomes, found } = await run(
    "from shelf import double\ndouble(2)  #=> 4\nx = double(3)  #=> 6\nx += 1  #=> 7",
    "from shelf import double\ndef f(n):\n    return double(n)  # => 8\n\nf(4)",
    "from shelf import double\ntext = '#=> 3'\ndouble(text)  #=> '#=> 3#=> 3'\n(\n  double(1)\n)\n#=> 2",
    "from shelf import Shelf\nShelf(1).size2  #=> throws AttributeError\nint(str(Shelf))  #=> throws ValueError\nShelf(1)  #=> type Shelf",
    "import asyncio, os\nawait asyncio.sleep(0, 3)  #=> 3\nos.environ.get('TOKEN')  #=> None",
    "from shelf import double\nfloat('nan') * double(1)  #=> float('nan')\n{'a': (double(1), [-0.0 * double(1)])}  #=> {'a': (2, [-0.0])}\n'spec.' + double('m')  #=> spec.mm",
  );
  expect(found).toEqual([]);
  expect(outcomes).toEqual(Array.from({ length: 6 }, () => "pass"));
});

it.skipIf(!hasPython())("that are wrong have each its defect reported at its line", async () => {
  traceSpec("EXAMPLE-PYTHON");
  const defects: [code: string, line: string][] = [
    ["EX001", "double(2)  #=> 5"],
    ["EX001", "double(0.0)  #=> -0.0"],
    ["EX001", "double(1) == 2  #=> 1"],
    ["EX002", "double(3)  #=> type str"],
    ["EX003", "double(4)  #=> throws ValueError"],
    ["EX004", "double(5).nothing"],
    ["EX005", "double(6)  #=> the double of six"],
    ["EX006", "import shelf  #=> 3"],
    ["EX008", "double(7"],
    ["EX010", "raise SystemExit(3)"],
    ["EX011", "import no_such_module"],
    ["EX012", "double(8)"],
    ["EX013", "9 + 1  #=> 10"],
    ["EX018", "shelf.Shelf(1)  #=> shelf.Shelf(1)"],
  ];
  const { found } = await run(...defects.map(([, line]) => `import shelf\nfrom shelf import double\n${line}`));
  const lines = defects.map(([code, line]) => (code === "EX012" ? [code, "import shelf"] : [code, line]));
  expect([...found].sort()).toEqual([...lines].sort());
});

it("are inconclusive without python3, which is said", async () => {
  traceSpec("EXAMPLE-PROCESS-PROGRAM");
  await run("1  #=> 1");
  symlinkSync(process.execPath, join(project.root, "node"));
  const { stdout, code } = await project.evidenceWith({ PATH: project.root }, "examples", "--format", "json");
  const { examples, findings } = JSON.parse(stdout) as ExamplesReport;
  expect(examples).toMatchObject([{ outcome: "inconclusive", notes: ["not run: python3 is missing"] }]);
  expect(findings).toMatchObject([{ code: "EX016", severity: "warning" }]);
  expect(findings[0]?.message).toContain("absence of python3");
  expect(code).toBe(1);
});

it.skipIf(!hasPython())("compare values whole, whatever their class calls equal", async () => {
  traceSpec("EXAMPLE-PYTHON-WHOLE");
  const loop = "def loop(n):\n    made = [n]\n    made.append(made)\n    return made\n";
  const point = "import dataclasses\n@dataclasses.dataclass\nclass Point:\n    x: object\n";
  const fresh =
    "class Fresh(list):\n    def __iter__(self):\n        return ([each] for each in list.__iter__(self))\n";
  const right = await run(
    `${loop}loop(1)  #=> loop(int("1"))`,
    `${point}Point(float("nan"))  #=> Point(float("n" + "an"))`,
    'from collections import OrderedDict\nOrderedDict(a=1, b=int("2"))  #=> OrderedDict(a=1, b=2)',
    'deep = []\nfor _ in range(300): deep = [deep]\nother = []\nfor _ in range(300): other = [other]\n[deep, int("1")]  #=> [other, 1]',
    'twice = [[int("1")]]\nfor _ in range(60): twice = [twice, twice]\nother = [[1]]\nfor _ in range(60): other = [other, other]\ntwice  #=> other',
    '{int("1"): {int("2")}}  #=> {1: {2}}',
    '{(int("1"), frozenset([2])), "a"}  #=> {"a", (1, frozenset([2]))}',
    `${fresh}Fresh([1, 2, int("3")])  #=> Fresh([1, 2, 3])`,
  );
  expect(right.found).toEqual([]);
  const wrong = [
    `${loop}loop(1)  #=> loop(int("2"))`,
    `${point}Point(int("1"))  #=> Point(True)`,
    'from collections import OrderedDict\nOrderedDict(a=1, b=int("2"))  #=> OrderedDict(b=2, a=1)',
    'from decimal import Decimal\nDecimal("1.0") + int("1")  #=> Decimal("2.00")',
    '{int("1"): 2}  #=> {True: 2}',
    '{int("1"), 2}  #=> {1.0, 2}',
    '{(int("1"),)}  #=> {(1.0,)}',
    '{(int("1"),): 2}  #=> {(True,): 2}',
    '{int("1"), 2}  #=> {1, 2, 3}',
    '{int("1"): 2}  #=> {1: 2, 3: 4}',
    '{frozenset([int("1")])}  #=> {frozenset([1.0])}',
    `${fresh}Fresh([1] * 20 + [int("2")])  #=> Fresh([1] * 20 + [3])`,
  ];
  const { found } = await run(...wrong);
  expect(found).toEqual(wrong.map((code) => ["EX001", code.split("\n").at(-1)]));
});

it.skipIf(!hasPython())("may throw whatever Python can throw, and leave threads behind", async () => {
  traceSpec("EXAMPLE-THROWS", "EXAMPLE-THROWS-MESSAGE", "EXAMPLE-PROCESS-LEFTOVER");
  const thread = "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()";
  const { outcomes, found } = await run(
    "import sys\nsys.exit(3)  #=> throws SystemExit",
    "{}['x']  #=> throws KeyError: 'x'",
    "int('x')  #=> throws ValueError: \"invalid literal for int() with base 10: 'x'\"",
    `import os\nos.leak = 1\n${thread}`,
    "import os\nhasattr(os, 'leak')  #=> False",
    `${thread}\nraise KeyboardInterrupt()`,
    `import sys\n${thread}\nsys.exit(4)`,
    "import os\nos.chdir('/')",
    "import os\nos.path.exists('package.json')  #=> True",
  );
  expect(outcomes).toEqual(["pass", "pass", "pass", "pass", "pass", "error", "error", "pass", "pass"]);
  expect(found.filter(([code]) => code !== "EX012")).toEqual([
    ["EX004", "raise KeyboardInterrupt()"],
    ["EX010", "sys.exit(4)"],
  ]);
});
