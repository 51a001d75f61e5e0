import type { TestDeclaration } from "../../model/reference.js";

interface RustTest {
  /** Folder name of the crate; empty at the root. */
  crate: string;
  test: TestDeclaration;
}

/**
 * Rust tests by what identifies them within their crate: binary and module path. The file gives both, by Cargo's
 * layout: `src/pool.rs` is the module `pool` of the library, `tests/basic.rs` a binary of its own.
 */
export class RustTests {
  readonly #byPath = new Map<string, RustTest[]>();

  constructor(tests: Iterable<TestDeclaration>) {
    for (const test of tests) {
      const { crate, key } = placeOf(test);
      const known = this.#byPath.get(key);
      if (known === undefined) this.#byPath.set(key, [{ crate, test }]);
      else if (known.length < 64) known.push({ crate, test });
    }
  }

  /**
   * The tests that `crate`, `crate::binary` or a module path as class, and a path as name can mean. A crate whose
   * folder has its name wins over others.
   */
  find(className: string, name: string): TestDeclaration[] {
    if (this.#byPath.size === 0) return [];
    const [crate = "", ...target] = className.split("::");
    for (const path of [name, name.slice(0, Math.max(0, name.lastIndexOf("::")))]) {
      if (path === "") continue;
      const found =
        this.#byPath.get(`${target.join("::")}|${path}`) ?? this.#byPath.get(`|${className}::${path}`) ?? [];
      if (found.length === 0) continue;
      const named = found.filter((each) => each.crate === crate.replaceAll("_", "-"));
      return (named.length > 0 ? named : found).map((each) => each.test);
    }
    return [];
  }
}

const ROOTS = new Set(["src", "tests", "benches", "examples"]);
const UNNAMED = new Set(["lib", "main", "mod"]);

function placeOf(test: TestDeclaration): { crate: string; key: string } {
  const parts = test.file.replace(/\.rs$/u, "").split("/");
  const root = parts.slice(0, -1).findLastIndex((part) => ROOTS.has(part));
  const crate = (parts[root - 1] ?? "").replaceAll("_", "-");
  const rest = parts.slice(root + 1);
  let target = "";
  if (root >= 0 && parts[root] !== "src") target = rest.shift() ?? "";
  else if (rest[0] === "bin" && rest.length > 1) target = rest.splice(0, 2).join("/");
  if (UNNAMED.has(rest.at(-1) ?? "")) rest.pop();
  return { crate, key: `${target}|${[...rest, ...test.suite, test.name].join("::")}` };
}
