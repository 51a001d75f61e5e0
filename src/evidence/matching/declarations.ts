import type { TestDeclaration } from "../../model/reference.js";
import { isMethod, templatePattern, titlePattern } from "../../model/title-pattern.js";
import { PathIndex } from "./path-index.js";
import { RustTests } from "./rust.js";
import { PatternTable, titleKey } from "./titles.js";

/** How a language names its tests in reports: by full title, or by a class, module or package and a name in it. */
type Family = "title" | "jvm" | "python" | "go" | "rust" | "named";

const FAMILIES: Readonly<Record<string, Family>> = {
  java: "jvm",
  kt: "jvm",
  kts: "jvm",
  groovy: "jvm",
  scala: "jvm",
  py: "python",
  go: "go",
  rs: "rust",
  cs: "named",
  swift: "named",
  php: "named",
  rb: "named",
  c: "named",
  cc: "named",
  cpp: "named",
  cxx: "named",
  cu: "named",
  h: "named",
  hpp: "named",
};

function familyOf(file: string): Family {
  const extension = file.slice(file.lastIndexOf(".") + 1).toLowerCase();
  return Object.hasOwn(FAMILIES, extension) ? (FAMILIES[extension] ?? "title") : "title";
}

/** Tests of one place (a file, class, module or package) by a key that is unique where names are. */
export class Place {
  readonly #titled: boolean;
  readonly #byKey = new Map<string, TestDeclaration[]>();
  readonly #patterns = new PatternTable<TestDeclaration>();
  readonly #templates = new PatternTable<TestDeclaration>();

  /** @param titled its tests have free titles, where `total[1]` is another test than `total`. */
  constructor(titled: boolean) {
    this.#titled = titled;
  }

  add(key: string, test: TestDeclaration): void {
    const known = this.#byKey.get(key);
    if (known === undefined) this.#byKey.set(key, [test]);
    else if (known.length < MOST_ALIKE) known.push(test);
  }

  /** By what runners show in place of the name. A template finds what no name or title does. */
  addShown(test: TestDeclaration): void {
    const { name, title, template } = test;
    if (title !== undefined && title !== name) this.add(title, test);
    const pattern = template === undefined ? null : templatePattern(template);
    if (pattern !== null) this.#templates.add(pattern, test);
  }

  addPattern(key: string, test: TestDeclaration): void {
    const pattern = titlePattern(key);
    if (pattern !== null) this.#patterns.add(pattern, test);
  }

  /** What the first key finds that finds anything; then what fits a title with placeholders. Most specific key first. */
  find(candidates: readonly string[]): readonly TestDeclaration[] {
    const keys = this.#titled ? candidates.slice(0, 1) : candidates;
    for (const key of keys) {
      const found = this.#byKey.get(key);
      if (found !== undefined) return found;
    }
    for (const key of keys) {
      const found = this.#patterns.find(key);
      if (found.length > 0) return found;
    }
    const [reported = ""] = keys;
    return isMethod(reported) ? [] : this.#templates.find(reported);
  }
}

/** Tests of one key beyond this count are told apart by nothing. */
const MOST_ALIKE = 64;

/** Every declared test, found by what reports say of it. Building and each look-up are linear. */
export class Declarations {
  readonly files: PathIndex<Place>;
  /** Classes by package and name, as folders of the source tree: Java, Kotlin. */
  readonly classes: PathIndex<Place>;
  /** Modules and the classes in them: Python. */
  readonly modules: PathIndex<Place>;
  /** Packages by folder: Go. Its root package stands apart, because every path ends in nothing. */
  readonly packages: PathIndex<Place>;
  readonly rootPackage: Place | null;
  /** Classes and suites that no path stands for: C#, C++, Swift, PHP, Ruby. */
  readonly suites: PathIndex<Place>;
  readonly rust: RustTests;
  /** Full titles wherever they stand. */
  readonly titles = new Place(true);

  constructor(tests: Iterable<TestDeclaration>) {
    const places = {
      files: new Map<string, Place>(),
      jvm: new Map<string, Place>(),
      python: new Map<string, Place>(),
      go: new Map<string, Place>(),
      named: new Map<string, Place>(),
    };
    const rust: TestDeclaration[] = [];
    for (const test of tests) {
      const family = familyOf(test.file);
      const key = titleKey([...test.suite, test.name]);
      const file = placeAt(places.files, test.file, family === "title");
      file.add(key, test);
      if (family === "title") {
        file.addPattern(key, test);
        this.titles.add(key, test);
        this.titles.addPattern(key, test);
      } else if (family === "rust") rust.push(test);
      else if (family === "go") placeAt(places.go, folderOf(test.file)).add(goName(test), test);
      else {
        const place = placeAt(places[family], containerOf(test, family));
        place.add(test.name, test);
        place.addShown(test);
      }
    }
    this.rootPackage = places.go.get("") ?? null;
    this.files = new PathIndex(places.files, 2);
    this.classes = new PathIndex(places.jvm, 2);
    this.modules = new PathIndex(places.python, 2);
    this.packages = new PathIndex(places.go, 1);
    this.suites = new PathIndex(places.named, 1);
    this.rust = new RustTests(rust);
  }
}

function placeAt(places: Map<string, Place>, key: string, titled = false): Place {
  const known = places.get(key);
  if (known !== undefined) return known;
  const place = new Place(titled);
  places.set(key, place);
  return place;
}

/** Where a class stands: `src/com/foo/BarTest/Nested`, `tests/test_mod/TestCart`, `CartTests`. */
function containerOf(test: TestDeclaration, family: "jvm" | "python" | "named"): string {
  const stem = test.file.replace(/\.[^./]*$/u, "");
  if (family === "python") return [stem, ...test.suite].join("/");
  if (family === "jvm") {
    return test.suite.length === 0
      ? stem
      : [folderOf(test.file), ...test.suite].filter((each) => each !== "").join("/");
  }
  const names = test.suite.flatMap((each) => each.split(/::|[.\\]/u)).filter((each) => each !== "");
  return names.length === 0 ? stem : names.join("/");
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

/** `go test` writes subtests behind slashes and blanks in their names as underscores. */
function goName(test: TestDeclaration): string {
  return [...test.suite, test.name].map((each) => each.replace(/\s/gu, "_")).join("/");
}
