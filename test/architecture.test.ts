import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { SourceFile, Violation } from "./architecture/rules.js";
import { RULES } from "./architecture/rules.js";
import { scanSource } from "./architecture/scan.js";

const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));

const files = ["src", "reference-impl"].flatMap((folder) => readFolder(folder));
const sources = files.filter(({ path }) => !/\.test\.ts$/.test(path));

function readFolder(folder: string): SourceFile[] {
  if (!existsSync(join(REPOSITORY, folder))) return [];
  return readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith(".ts") && !/\bnode_modules\b|\bdist\b/.test(entry.parentPath),
    )
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return made(relative(REPOSITORY, path), readFileSync(path, "utf8"));
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function made(path: string, text: string): SourceFile {
  return { path, lines: text.split("\n").length - 1, ...scanSource(text) };
}

function broken(rule: string, ...made: SourceFile[]): string[] {
  const found = RULES.find(({ name }) => name === rule);
  if (found === undefined) throw new Error(`no rule "${rule}"`);
  return found.check(made).map(shown);
}

function shown({ file, line, what }: Violation): string {
  return `${file}:${line} ${what}`;
}

const TAGS: Readonly<Record<string, string>> = {
  "imports point down": "HOST-LAYERS",
  "no file imports itself through others": "HOST-LAYERS-CYCLES",
  "files have telling names": "HOST-LAYERS-SHAPE",
  "files have at most 300 lines": "HOST-LAYERS-SHAPE",
};

describe("this repository", () => {
  it("is read as a whole", () => {
    traceSpec("HOST-LAYERS");
    const listed = execFileSync("find", ["src", "-name", "*.ts", "-type", "f"], { cwd: REPOSITORY, encoding: "utf8" });
    const ours = files.filter(({ path }) => path.startsWith("src/"));
    expect(ours.map(({ path }) => path)).toEqual(listed.trim().split("\n").sort());
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.reduce((sum, { imports }) => sum + imports.length, 0)).toBeGreaterThan(600);
    // The scanner has to see about as many imports as a plain search for lines that start with one.
    const plain = sources.reduce((sum, { path }) => {
      const text = readFileSync(join(REPOSITORY, path), "utf8");
      return sum + (text.match(/^(?:import|export) .*from "[^"]+";$|^\} from "[^"]+";$/gm)?.length ?? 0);
    }, 0);
    const scanned = sources.reduce((sum, file) => sum + file.imports.length, 0);
    expect(scanned).toBeGreaterThanOrEqual(plain);
  });

  it.each(RULES.map(({ name, reason, check }) => [name, reason, check] as const))(
    "%s, because %s",
    (name, _, check) => {
      traceSpec(TAGS[name] ?? "HOST-LAYERS-WORLD");
      expect(check(sources).map(shown)).toEqual([]);
    },
  );
});

describe("the rules", () => {
  it("see an import that points up, sideways or out, in whatever form", () => {
    traceSpec("HOST-LAYERS-RULES");
    const rule = "imports point down";
    expect(
      broken(
        rule,
        made("src/specs/a.ts", 'import type { X } from "../model/tag.js";\nimport { y } from "../tags/y.js";\n'),
        made("src/model/b.ts", 'export * from "../specs/a.js";'),
        made("src/tags/deep/c.ts", 'const { z } = await import("../../evidence/z.js");'),
        made("src/evidence/d.ts", 'type T = import("../host/files.js").TextFile;'),
        made("src/report/e.ts", 'import "../host/files.js";'),
        made("src/cli/f.ts", "import { v } from '../vitest/index.js';"),
        made("src/ears/g.ts", 'import { h } from "../../test/builders/h.js";'),
        made("src/new/h.ts", ""),
        made("src/i.ts", ""),
        made("reference-impl/kernel/l.ts", 'import { m } from "../properties/m.js";'),
        made(
          "reference-impl/algorithm/m.ts",
          'import { n } from "../platform/n.js";\nimport { o } from "../simulation/o.js";',
        ),
        made("src/cli/commands/j.ts", 'import { k } from "../../report/k.js";\nimport { l } from "../../model/l.js";'),
      ),
    ).toEqual([
      "src/specs/a.ts:2 imports src/tags/y.ts",
      "src/model/b.ts:1 imports src/specs/a.ts",
      "src/tags/deep/c.ts:1 imports src/evidence/z.ts",
      "src/evidence/d.ts:1 imports src/host/files.ts",
      "src/report/e.ts:1 imports src/host/files.ts",
      "src/cli/f.ts:1 imports src/vitest/index.ts",
      "src/ears/g.ts:1 imports test/builders/h.ts",
      "src/new/h.ts:1 stands in no known layer",
      "src/i.ts:1 stands in no known layer",
      "reference-impl/kernel/l.ts:1 imports reference-impl/properties/m.ts",
      "reference-impl/algorithm/m.ts:2 imports reference-impl/simulation/o.ts",
    ]);
  });

  it("see what the model and the pure layers import", () => {
    traceSpec("HOST-LAYERS-RULES");
    const model = made(
      "src/model/a.ts",
      'import { z } from "zod";\nimport { createHash } from "node:crypto";\nimport "yaml";',
    );
    expect(broken("the model imports only zod and node:crypto", model)).toEqual([
      "src/model/a.ts:3 imports yaml, expected only zod",
    ]);
    expect(
      broken(
        "only host, cli and vitest import built-in modules of node",
        model,
        made("src/specs/b.ts", 'import { readFileSync } from "node:fs";'),
        made("src/evidence/c.ts", 'import { createHash } from "node:crypto";'),
        made("src/host/d.ts", 'import { readFileSync } from "node:fs";'),
      ),
    ).toEqual(["src/specs/b.ts:1 imports node:fs", "src/evidence/c.ts:1 imports node:crypto"]);
  });

  it("see names in code, and only there", () => {
    traceSpec("HOST-LAYERS-RULES");
    const hidden = `// Date.now() and process.exit()
/* console.log(Math.random()) */
const text = "fetch" + 'setTimeout' + \`Date \${other} eval\`;
const pattern = /console.log[/"'\`]process/g;
const own = thing.process(a.Date).console;
const table = { process: 1, console: 2, Date: 3 };
const half = Math.floor(a / b / c);
interface I { process?: string }
`;
    const rule = "only host, cli and vitest name clocks, randomness, processes and the network";
    expect(broken(rule, made("src/tags/a.ts", hidden))).toEqual([]);
    const open = `const a = \`x \${new Date()} y\`;
const b = Math . random();
const { random } = Math;
if (x) console.log(1 / 2, "/", process.env);
const c = a++ / 2; fetch("/x"); // comment
const d = [..."'"].map((x) => setTimeout(x));
`;
    expect(broken(rule, made("src/tags/a.ts", open)).sort()).toEqual([
      "src/tags/a.ts:1 names Date",
      "src/tags/a.ts:2 names Math.random",
      "src/tags/a.ts:3 names Math",
      "src/tags/a.ts:4 names console",
      "src/tags/a.ts:4 names process",
      "src/tags/a.ts:5 names fetch",
      "src/tags/a.ts:6 names setTimeout",
    ]);
    expect(broken(rule, made("src/host/a.ts", open))).toEqual([]);
  });

  it("see the calendar, the locale, printing and exiting where they do not belong", () => {
    traceSpec("HOST-LAYERS-RULES");
    const date = "const now = new Date();";
    expect(
      broken("only host/clock.ts looks at the calendar", made("src/host/clock.ts", date), made("src/cli/a.ts", date)),
    ).toEqual(["src/cli/a.ts:1 names Date"]);
    expect(
      broken("nothing depends on the locale", made("src/cli/a.ts", "a.localeCompare(b);\nnew Intl.Collator();")),
    ).toEqual(["src/cli/a.ts:1 names localeCompare", "src/cli/a.ts:2 names Intl"]);
    const prints = "process.stdout.write(x);\nprocess.exit(1);\nconsole.log(process.pid);\nprocess.exitCode = 2;";
    expect(broken("only cli prints and exits", made("src/host/a.ts", prints), made("src/cli/a.ts", prints))).toEqual([
      "src/host/a.ts:3 names console",
      "src/host/a.ts:1 names process.stdout",
      "src/host/a.ts:2 names process.exit",
      "src/host/a.ts:4 names process.exitCode",
    ]);
  });

  it("see exceptions that are no longer needed", () => {
    traceSpec("HOST-LAYERS-RULES");
    expect(
      broken(
        "exceptions and long files are still what they were excepted for",
        made("src/report/text/width.ts", "const width = 1; // Intl"),
        made("src/tags/languages.ts", "short"),
      ),
    ).toEqual(["src/report/text/width.ts:1 names no Intl any more", "src/tags/languages.ts:1 is no longer long"]);
  });

  it("see the product and the reference implementation meet", () => {
    traceSpec("HOST-LAYERS-RULES");
    expect(
      broken(
        "src and reference-impl never import each other",
        made("src/model/a.ts", 'import "../../reference-impl/kernel/a.js";\nimport "reference-impl";'),
        made(
          "reference-impl/kernel/b.ts",
          'import "../../src/model/a.js";\nimport "spec-evidence/vitest";\nimport "./c.js";',
        ),
      ),
    ).toEqual([
      "src/model/a.ts:1 imports reference-impl/kernel/a.ts",
      "src/model/a.ts:2 imports reference-impl",
      "reference-impl/kernel/b.ts:1 imports src/model/a.ts",
      "reference-impl/kernel/b.ts:2 imports spec-evidence/vitest",
    ]);
  });

  it("see cycles of any length", () => {
    traceSpec("HOST-LAYERS-RULES");
    expect(
      broken(
        "no file imports itself through others",
        made("src/model/a.ts", 'import "./b.js";\nimport "./d.js";'),
        made("src/model/b.ts", 'import type { D } from "./d.js";\nimport { type A, c } from "./c.js";'),
        made("src/model/c.ts", '\nexport * from "./a.js";'),
        made("src/model/d.ts", 'import "./d.js";\nimport type { E } from "./e.js";\nexport type { F } from "./e.js";'),
        made("src/model/e.ts", 'import "./d.js";'),
      ),
    ).toEqual([
      "src/model/c.ts:2 src/model/a.ts → src/model/b.ts → src/model/c.ts → src/model/a.ts",
      "src/model/d.ts:1 src/model/d.ts → src/model/d.ts",
    ]);
  });

  it("see computed imports, vague names and long files", () => {
    traceSpec("HOST-LAYERS-RULES");
    expect(
      broken(
        "every import names its module",
        made("src/host/a.ts", 'await import(name);\nrequire("a" + b);\nrequire(c);\nimport("./c.js");'),
      ),
    ).toEqual([
      "src/host/a.ts:1 computes what it imports",
      "src/host/a.ts:2 computes what it imports",
      "src/host/a.ts:3 computes what it imports",
    ]);
    expect(
      broken(
        "files have telling names",
        made("src/model/utils.ts", ""),
        made("src/helpers/a.ts", ""),
        made("src/model/utility-belt.ts", ""),
      ),
    ).toEqual(["src/model/utils.ts:1 has a name that says nothing", "src/helpers/a.ts:1 has a name that says nothing"]);
    expect(
      broken(
        "files have at most 300 lines",
        made("src/model/a.ts", "x\n".repeat(300)),
        made("src/model/b.ts", "x\n".repeat(301)),
        made("src/tags/languages.ts", "x\n".repeat(999)),
      ),
    ).toEqual(["src/model/b.ts:301 has 301 lines"]);
  });

  it("are each proven able to fail", () => {
    traceSpec("HOST-LAYERS-RULES");
    const text = readFileSync(fileURLToPath(import.meta.url), "utf8");
    for (const { name } of RULES) {
      const uses = text.split(JSON.stringify(name)).length - 1;
      expect([name, uses > 0]).toEqual([name, true]);
    }
  });
});
