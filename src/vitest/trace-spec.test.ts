import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";

/** What `action` throws where the plugin is not configured. */
function withoutPlugin(action: () => void): string | null {
  const watching = globalThis.__specEvidence__;
  globalThis.__specEvidence__ = undefined;
  try {
    action();
    return null;
  } catch (error) {
    return String(error);
  } finally {
    globalThis.__specEvidence__ = watching;
  }
}

describe("traceSpec without the plugin", () => {
  it("takes any well-formed tag, in a test or not", () => {
    traceSpec("VIT-TRACE-BARE");
    expect(withoutPlugin(() => traceSpec(...["NO-SUCH-TAG", "NO-OTHER"]))).toBeNull();
  });

  it.each([[], [""], ["no-tag"], ["NOTAG"], ["AREA-NAME "], ["AREA-NAME", "AREA_NAME"]])(
    "refuses (%j, %j)",
    (...tags) => {
      traceSpec("VIT-REFUSE-EMPTY", "VIT-REFUSE-MALFORMED");
      const given = tags.filter((tag) => tag !== undefined);
      const message = withoutPlugin(() => traceSpec(...given));
      expect(message).toMatch(given.length === 0 ? /empty traceSpec\(\)/u : /^Error: Unexpected tag ".*AREA-NAME$/u);
    },
  );
});

describe("traceSpec with the plugin", () => {
  it("refuses a tag that no specification defines, and names the nearest", () => {
    traceSpec("VIT-REFUSE-UNKNOWN");
    expect(() => traceSpec(...["VIT-REFUSE-UNKNWON"])).toThrow('Did you mean "VIT-REFUSE-UNKNOWN"?');
  });
});

const MODULE = /(?:^|\n)(?:import|export)\s(?!type\b)[^;]*?from "([^"]+)"/gu;

/** Every module that loading a file loads, types aside: paths of our own, names of others. */
function loaded(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, target = ""] of readFileSync(path, "utf8").matchAll(MODULE)) {
    if (target.startsWith(".")) loaded(join(dirname(path), target.replace(/\.js$/u, ".ts")), seen);
    else seen.add(target);
  }
  return seen;
}

describe("what every test file loads", () => {
  it.each([
    ["index", ["index", "observer", "plugin", "tag", "trace-spec"], []],
    ["setup", ["observer", "setup"], ["vitest"]],
  ])("is little: %s", (name, own, packages) => {
    traceSpec("VIT-LIGHT");
    const modules = [...loaded(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)))];
    const files = modules.filter((each) => each.startsWith("/")).map((each) => basename(each, ".ts"));
    expect(files.sort()).toEqual(own);
    expect(modules.filter((each) => !each.startsWith("/") && !each.startsWith("node:"))).toEqual(packages);
  });
});
