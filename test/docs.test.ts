import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { linkContext } from "../src/cli/link-context.js";
import { judgeLinks } from "../src/evidence/links/judge.js";
import { findingsPage } from "../src/report/explain/markdown.js";
import { parseSpec } from "../src/specs/parse.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}${path}`, "utf8");

describe("docs/findings.md", () => {
  it("is what the codes make of it: run `npm run docs` when this fails", () => {
    traceSpec("REPORT-DOCS-CURRENT");
    expect(read("docs/findings.md")).toBe(findingsPage());
  });
});

describe("the documentation", () => {
  const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
  for (const name of readdirSync(`${ROOT}docs`)) pages.push(`docs/${name}`);
  const { files } = JSON.parse(read("package.json")) as { files: string[] };
  const packaged = ["README.md", "LICENSE", "package.json", ...files];

  it("is in the package, and leads to nothing that is missing there", async () => {
    traceSpec("REPORT-DOCS-LINKS");
    const documents = pages.map((path) => parseSpec({ path, text: read(path) }).document);
    const judged = judgeLinks(documents, await linkContext(ROOT, documents));
    const inside = judged.filter(({ state }) => state !== "external");
    expect(inside.length).toBeGreaterThan(25);
    const broken = inside.filter(({ state }) => state !== "holds");
    expect(broken.map(({ link, problem }) => `${link.span.file}:${link.span.line} ${problem?.unexpected}`)).toEqual([]);
    const isPackaged = (path: string) => packaged.some((each) => path === each || path.startsWith(`${each}/`));
    const targets = inside.flatMap(({ target }) => target ?? []);
    expect([...pages, ...targets].filter((path) => !isPackaged(path))).toEqual([]);
  });

  it("keeps to what a new user needs on its first page", () => {
    traceSpec("REPORT-DOCS-LINKS");
    const readme = read("README.md");
    expect(readme.split("\n").length).toBeLessThan(140);
    for (const page of pages.slice(3)) expect(readme).toContain(`](${page})`);
  });
});
