import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { readSymbol } from "./symbol.js";
import type { Standing } from "./target-file.js";
import { TargetFile } from "./target-file.js";

function find(text: string, symbol: string, line: number, path = "src/a.ts"): Standing {
  return new TargetFile(path, text).find(readSymbol(symbol), line, line);
}

describe("an identifier", () => {
  it("stands where code declares or uses it", () => {
    traceSpec("LINK-NAME");
    const text = "import { load } from './b.js';\n\nfunction run() {\n  return load();\n}\nconst other = reload();\n";
    expect(find(text, "load()", 4)).toEqual({ here: true, places: [4] });
    expect(find(text, "load()", 3)).toEqual({ here: false, places: [4] });
    expect(find(text, "run", 3).here).toBe(true);
    expect(find(text, "unload", 4)).toEqual({ here: false, places: [] });
    expect(find(text, "loa", 4)).toEqual({ here: false, places: [] });
  });

  it("does not stand in comments, and in strings only as a whole", () => {
    traceSpec("LINK-NAME-COMMENT");
    const text = '// load()\n/* load */ const a = "load it";\nconst key = "load";\n';
    expect(find(text, "load", 1)).toEqual({ here: false, places: [3] });
    expect(find(text, "load", 2).here).toBe(false);
    expect(find(text, "load", 3).here).toBe(true);
    expect(find("# load()\nx = 1\n", "load", 1, "a.py").places).toEqual([]);
  });

  it("is looked for at its declaration when it moved", () => {
    traceSpec("LINK-MOVED");
    const text = "run(load);\nload();\n\nexport async function load(): Promise<void> {}\n\nload();\n";
    expect(find(text, "load", 3)).toEqual({ here: false, places: [4] });
    expect(
      find("class A {\n  private load(x: number): void {\n  }\n  run() { this.load(1); }\n}\n", "load", 1).places,
    ).toEqual([2]);
    expect(find("def load(x):\n    pass\n\nload(1)\n", "load", 3, "a.py").places).toEqual([1]);
    expect(
      find("package a\n\nfunc (s *Store) Load() error {\n}\n\nvar x = s.Load()\n", "Load", 1, "a.go").places,
    ).toEqual([3]);
    expect(find("impl A {\n    pub fn load(&self) -> u8 { 1 }\n}\n", "load", 3, "a.rs").places).toEqual([2]);
    expect(
      find("class A {\n  public static int load(int x) {\n    return load(1);\n  }\n}\n", "load", 1, "A.java").places,
    ).toEqual([2]);
  });

  it("has several places where it is declared several times", () => {
    traceSpec("LINK-MOVED-SEVERAL");
    expect(find("class A {\n  load() {}\n}\nclass B {\n  load() {}\n}\n", "load", 1).places).toEqual([2, 5]);
  });

  it("is the one of its class when it is qualified", () => {
    traceSpec("LINK-NAME-QUALIFIED");
    const text = "class A {\n  load() {}\n}\nclass B {\n  x = 1;\n\n  load() {}\n}\n";
    expect(find(text, "A.load()", 2)).toEqual({ here: true, places: [2] });
    expect(find(text, "A.load()", 7)).toEqual({ here: false, places: [2] });
    expect(find(text, "B#load", 7).here).toBe(true);
    expect(find(text, "C.load", 2)).toEqual({ here: false, places: [] });
    // A module is no class: the name of the file will do.
    expect(find(text, "a.load", 2).here).toBe(true);
  });
});

describe("a declaration", () => {
  it("begins with the annotations above it", () => {
    traceSpec("LINK-NAME-ANNOTATION");
    const text = "class A {\n  @Memo()\n  @Log\n  load() {}\n\n  run() {}\n}\n";
    expect(find(text, "load", 2)).toEqual({ here: true, places: [4] });
    expect(find(text, "load", 1).here).toBe(false);
    expect(find(text, "run", 5).here).toBe(false);
    expect(find("@dataclass\nclass Box:\n    pass\n", "Box", 1, "a.py").here).toBe(true);
  });

  it("has no annotation in an expression above it", () => {
    traceSpec("LINK-NAME-ANNOTATION");
    expect(find("[1, 2].forEach(run);\nfunction load() {}\n", "load", 1).here).toBe(false);
    expect(find("#[test]\nfn load() {}\n", "load", 1, "a.rs").here).toBe(true);
    expect(find("[Fact]\npublic void Load() {}\n", "Load", 1, "A.cs").here).toBe(true);
    expect(find("[[nodiscard]]\nint load() { return 1; }\n", "load", 1, "a.cpp").here).toBe(true);
    expect(find("@count = 0\ndef load; end\n", "load", 1, "a.rb").here).toBe(false);
  });

  it("of a macro has no sign behind its name", () => {
    traceSpec("LINK-NAME-DECORATION");
    expect(find("macro_rules! boxed { () => {} }\n", "boxed!", 1, "a.rs").here).toBe(true);
    expect(find("class A\n  def save!; end\nend\n", "save!", 2, "a.rb").here).toBe(true);
  });

  it("may be a key of data, named by the keys around it", () => {
    traceSpec("LINK-NAME-KEY");
    const json = '{\n  "scripts": {\n    "test": "vitest"\n  }\n}\n';
    expect(find(json, "scripts.test", 3, "package.json").here).toBe(true);
    expect(find(json, "scripts.test", 2, "package.json")).toEqual({ here: false, places: [3] });
    expect(find(json, "tasks.test", 3, "package.json")).toEqual({ here: false, places: [] });
    expect(find('resource "bucket" "logs" {\n}\n', "bucket.logs", 1, "main.tf").here).toBe(true);
    expect(find("a = 1\n[server]\nport = 2\n", "server.port", 3, "a.ini").here).toBe(true);
    expect(find("server.port=2\n", "server.port", 1, "a.properties").here).toBe(true);
    expect(find("jobs:\n  build:\n    - 'run': x\n", "jobs.build.run", 3, "a.yml").here).toBe(true);
    expect(find('[tool.ruff]\nlint = { "select" = 1 }\n', "tool.ruff.lint.select", 2, "a.toml").here).toBe(true);
  });

  it.each([
    ["package.json", '{\n"name": "test",\n"scripts": {"build": "x"}\n}\n', "scripts.test"],
    ["package.json", '{\n"test": 1,\n"name": "scripts"\n}\n', "scripts.test"],
    ["package.json", '{\n"test": 1,\n"files": "scripts: x"\n}\n', "scripts.test"],
    ["a.jsonc", '{\n"test": 1,\n// "scripts": 1\n}\n', "scripts.test"],
    ["a.jsonc", '{\n"scripts": 1, /* "test": 1\n"test": 2 */\n}\n', "scripts.test"],
    ["a.yml", "scripts:\n  name: test\n  url: http://test:80\n  # test: 1\n  test-all: 1\n", "scripts.test"],
    ["a.toml", '[scripts]\nname = "test"\n', "scripts.test"],
    ["a.ini", "[scripts]\n; test = 1\n", "scripts.test"],
  ])("is in %s %j no value and no comment", (path, text, symbol) => {
    traceSpec("LINK-NAME-KEY");
    expect(find(text, symbol, 2, path)).toEqual({ here: false, places: [] });
  });

  it("that went is not found in a text or comment that mentions it", () => {
    traceSpec("LINK-NAME-QUALIFIED");
    const text = '// Registry was taken out\n\nfunction run() {\n  log("save");\n}\nlog("Registry");\n';
    expect(find(text, "Registry.save", 4)).toEqual({ here: false, places: [] });
    const suite = 'describe("Registry", () => {\n  it("save", () => {});\n});\nit("load", () => {});\n';
    expect(find(suite, "Registry.save", 2, "a.test.ts").here).toBe(true);
    expect(find(suite, "Registry.load", 4, "a.test.ts")).toEqual({ here: false, places: [] });
  });
});

it("has no anchors read from markdown of more than 2 MiB", () => {
  traceSpec("LINK-ANCHOR-LARGE");
  const text = `# Box\n\n${"x\n\n".repeat(2000)}`;
  expect(new TargetFile("a.md", text).hasAnchor("box", false)?.found).toBe(true);
  expect(new TargetFile("a.md", text + "\n".repeat(2 * 1024 * 1024)).hasAnchor("box", false)).toBeNull();
});

describe("a title with signs of its own", () => {
  const text = `describe("boxes > lids", () => {
  it("open → close", () => {});
  it("a < b & c", () => {});
});
describe.each([1])("box %i", () => {
  it("works", () => {});
});
`;

  it.each([
    ["boxes > lids", 1],
    ["boxes > lids > open → close", 2],
    ["boxes > lids open → close", 2],
    ["open → close", 2],
    ["a &lt; b &amp; c", 3],
    ["a < b & c", 3],
    ["box 7 > works", 6],
    ["box %i > works", 6],
    ["box 7 works", 6],
  ])("%s stands at line %i", (title, line) => {
    traceSpec("LINK-NAME-SIGNS");
    expect(find(text, title, line, "a.test.ts").here).toBe(true);
  });

  it.each(["lids", "lids > open → close", "open", "crate 7 > works"])("%s stands nowhere", (title) => {
    traceSpec("LINK-NAME-PART");
    expect(find(text, title, 2, "a.test.ts")).toEqual({ here: false, places: [] });
  });

  it("is written by other runners as they do", () => {
    traceSpec("LINK-NAME-SIGNS");
    const go = 'func TestGet(t *testing.T) {\n\tt.Run("finds the box", func(t *testing.T) {})\n}\n';
    expect(find(go, "TestGet/finds_the_box", 2, "a_test.go").here).toBe(true);
    expect(find(go, "TestGet/finds the box", 2, "a_test.go").here).toBe(true);
    expect(find(go, "TestPut/finds_the_box", 2, "a_test.go").here).toBe(false);
    const java = '@ParameterizedTest(name = "{0} is big")\nvoid isBig(int a) {}\n';
    expect(find(java, "3 is big", 1, "ATest.java").here).toBe(true);
  });
});

describe("a test title", () => {
  const text = `describe("the box", () => {
  it("opens, and stays open", () => {});
  it(
    "opens " +
      "slowly",
    () => {},
  );
  it(\`opens \${1 + 1} times\`, () => {});
  it("has " + COUNT + " lids", () => {});
  it.each([1])("opens for $name in %d seconds", () => {});
  it('says "open"', () => {});
});
// closes again
`;

  it.each([
    ["opens, and stays open", 2],
    ["the box opens, and stays open", 2],
    ["the box › opens, and stays open", 2],
    ["`opens, and stays open`", 2],
    ["opens, and…", 2],
    ["opens slowly", 3],
    ["opens slowly", 4],
    ["opens 2 times", 8],
    [`opens $${"{1 + 1}"} times`, 8],
    ["has 12 lids", 9],
    ["opens for Ada in 3 seconds", 10],
    ["opens for $name in %d seconds", 10],
    ["says open", 11],
    ['says "open"', 11],
    ["the box", 1],
  ])("%s stands at line %i", (title, line) => {
    traceSpec("LINK-NAME-PIECES");
    expect(find(text, title, line, "a.test.ts").here).toBe(true);
  });

  it.each([
    "opens, and stays",
    "opens, and stays open for long",
    "Opens, and stays open",
    "the lid opens, and stays open",
    "opens times",
    "opens…",
    "closes again",
    "has 12 boxes",
    "for Ada in 3 seconds",
  ])("%s stands nowhere", (title) => {
    traceSpec("LINK-NAME-PART");
    expect(find(text, title, 2, "a.test.ts")).toEqual({ here: false, places: [] });
  });

  it("that is nothing but a hole is no title of anything", () => {
    traceSpec("LINK-NAME-PART");
    expect(find(`it(\`$${"{title}"}\`, () => {});\n`, "opens at once", 1, "a.test.ts").here).toBe(false);
  });
});

describe("this repository", () => {
  function tests(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".test.ts"))
      .map((path) => join(folder, path));
  }

  it("has every test where a link to it says, and not a line above", () => {
    traceSpec("LINK-NAME-OWN");
    let links = 0;
    for (const path of tests("src/evidence").concat(tests("src/tags"), tests("src/model"))) {
      const text = readFileSync(path, "utf8");
      const file = new TargetFile(path, text);
      for (const [index, line] of text.split("\n").entries()) {
        // Read with nothing of what is tested here.
        const title = /^ {2}it\("([^"\\$%`]+)", (?:async )?\(\) => \{$/.exec(line)?.[1];
        if (title === undefined) continue;
        const symbol = readSymbol(title);
        expect(`${path}:${index + 1} ${file.find(symbol, index + 1, index + 1).here}`).toBe(
          `${path}:${index + 1} true`,
        );
        expect(`${path}:${index} ${file.find(symbol, index, index).here}`).toBe(`${path}:${index} false`);
        links += 1;
      }
    }
    expect(links).toBeGreaterThan(200);
  });
});
