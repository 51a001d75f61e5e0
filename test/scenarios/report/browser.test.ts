/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTrace } from "../../../src/evidence/trace.js";
import type { Predicate } from "../../../src/model/manifest.js";
import type { ReportContext } from "../../../src/report/html/describe.js";
import { describeModels } from "../../../src/report/html/pictures.js";
import { describeTrace } from "../../../src/report/html/trace.js";
import { aModelCommand, NO_MODELS } from "../../builders/models.js";
import { htmlPage } from "../../builders/page.js";
import { buildPredicate } from "../../builders/predicate.js";
import { browserPath } from "../../builders/tools.js";

const TRACE = readFileSync(new URL("../../fixtures/traces/stale-read.ndjson", import.meta.url), "utf8");

const folder = mkdtempSync(join(tmpdir(), "evidence-page-"));
let browser: Browser;

beforeAll(async () => {
  if (browserPath === null) return;
  browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  page: Page;
  /** Requests beside that of the page, dialogs, errors and refusals by the policy. */
  events: string[];
}

async function open(
  predicate: Predicate,
  hash = "",
  how: { context?: Partial<ReportContext>; width?: number; scheme?: "light" | "dark"; script?: boolean } = {},
): Promise<Opened> {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.html`);
  writeFileSync(file, htmlPage(predicate, how.context));
  const page = await browser.newPage({
    viewport: { width: how.width ?? 1280, height: 800 },
    colorScheme: how.scheme ?? "light",
    javaScriptEnabled: how.script ?? true,
  });
  const events: string[] = [];
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== pathToFileURL(file).href) events.push(`request ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    events.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => events.push(`error ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") events.push(`console ${message.text()}`);
  });
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  if (how.script !== false) await page.waitForSelector("html[data-ready]");
  return { page, events };
}

/** Tags that the matrix shows, in order. */
const shown = (page: Page): Promise<string[]> => page.locator(".rows-body .c-tag").allInnerTexts();

const MIXED = buildPredicate({
  tags: [
    {
      tag: "BOX-OPEN",
      title: "Opening",
      text: "Opening\n\nWHEN a key fits, THE box SHALL open within 2 s.",
      items: [
        { kind: "test.unit", name: "opens", file: "src/box.test.ts", line: 4 },
        { kind: "implementation", name: "open", file: "src/box.ts", line: 9 },
      ],
      references: [{ file: "src/box.test.ts", line: 4, test: "opens" }],
      refines: ["LID-SHUT"],
    },
    { tag: "BOX-OPEN-TWICE", parent: "BOX-OPEN", title: "Twice", verdict: "missing", reasons: ["no evidence"] },
    {
      tag: "LID-SHUT",
      title: "Shutting",
      capability: "lid",
      priority: "should",
      verdict: "failing",
      reasons: ['test "shuts" failed: expected 1, got 2'],
      items: [{ kind: "test.property", name: "shuts", outcome: "fail", notes: ["expected 1, got 2"] }],
    },
    {
      tag: "LID-WORN",
      title: "Wear",
      capability: "lid",
      verdict: "hollow",
      items: [{ cannotFail: "no assertion ran" }],
    },
  ],
  findings: [
    { code: "TAG004", message: "Unexpected reference to BOX-X", tags: ["BOX-OPEN"] },
    { code: "EVD006", message: "Unexpected absence of a result" },
  ],
});

const VIEWS = [
  "",
  "#/matrix",
  "#/gaps",
  "#/findings",
  "#/graph",
  "#/capability/lid",
  "#/tag/LID-SHUT",
  "#/tag/BOX-OPEN",
  "#/traces",
];

function traced(): Partial<ReportContext> {
  const read = readTrace(TRACE);
  if (!("trace" in read)) throw new Error(read.problem.message);
  return { traces: [describeTrace(read.trace)] };
}

describe.skipIf(browserPath === null)("the report in a browser", () => {
  it("requests nothing but itself, in every view", async () => {
    traceSpec("HTML-REPORT-FILE-OFFLINE");
    const { page, events } = await open(MIXED, "", { context: traced() });
    for (const view of VIEWS) {
      await page.evaluate((hash) => location.assign(hash || "#/"), view);
      await page.waitForTimeout(50);
      expect(await page.locator("#main h1:visible").count()).toBeGreaterThan(0);
    }
    expect(events).toEqual([]);
    await page.close();
  });

  it("shows the summary without a script and says what is missing", async () => {
    traceSpec("HTML-REPORT-SUMMARY-NOSCRIPT");
    const { page } = await open(MIXED, "", { script: false });
    const text = await page.locator("body").innerText();
    expect(text).toContain("1 of 4 tags verified");
    expect(text).toContain("LID-SHUT");
    expect(text).toContain("need JavaScript");
    await page.close();
  });

  it("shows a row for each tag and a cell for each kind", async () => {
    traceSpec("HTML-REPORT-MATRIX");
    const { page } = await open(MIXED, "#/matrix");
    expect(await shown(page)).toEqual(["BOX-OPEN", "BOX-OPEN-TWICE", "LID-SHUT", "LID-WORN"]);
    const heads = await page.locator('.row.head [role="columnheader"].cell').allInnerTexts();
    expect(heads).toEqual(["implementation", "unit", "property"]);
    const cells = await page.locator("#row-2 .cell").evaluateAll((all) => all.map((cell) => cell.className));
    expect(cells).toEqual(["cell", "cell", "cell o-fail"]);
    await page.close();
  });

  it("narrows by verdict, capability, kind and priority, in the address too", async () => {
    traceSpec("HTML-REPORT-MATRIX-FILTER");
    const { page } = await open(MIXED, "#/matrix?capability=lid");
    expect(await shown(page)).toEqual(["LID-SHUT", "LID-WORN"]);
    await page.selectOption('select[name="verdict"]', "hollow");
    expect(await shown(page)).toEqual(["LID-WORN"]);
    expect(page.url()).toContain("#/matrix?capability=lid&verdict=hollow");
    await page.selectOption('select[name="verdict"]', "");
    await page.selectOption('select[name="kind"]', "test.property");
    expect(await shown(page)).toEqual(["LID-SHUT"]);
    await page.close();
    const other = await open(MIXED, "#/matrix?priority=should");
    expect(await shown(other.page)).toEqual(["LID-SHUT"]);
    await other.page.close();
  });

  it("finds every word in tag, title, capability, file and text", async () => {
    traceSpec("HTML-REPORT-MATRIX-SEARCH");
    const { page } = await open(MIXED);
    await page.keyboard.press("/");
    await page.waitForFunction(() => document.activeElement?.id === "search");
    await page.keyboard.type("key OPEN");
    expect(await shown(page)).toEqual(["BOX-OPEN"]);
    await page.fill("#search", "lid");
    expect(await shown(page)).toEqual(["LID-SHUT", "LID-WORN"]);
    await page.fill("#search", "nothing of the kind");
    expect(await shown(page)).toEqual([]);
    await page.close();
  });

  it("moves by keyboard and opens the current row", async () => {
    traceSpec("HTML-REPORT-MATRIX-KEYS");
    const { page } = await open(MIXED, "#/matrix");
    await page.focus(".rows-view");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"]) await page.keyboard.press(key);
    await page.waitForFunction(() => location.hash === "#/tag/LID-SHUT");
    expect(await page.locator("#view h1").innerText()).toContain("LID-SHUT");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => location.hash === "#/matrix");
    await page.close();
  });

  it("keeps few rows of many in the page, and reaches the last", async () => {
    traceSpec("HTML-REPORT-MATRIX-ROWS");
    const tags = Array.from({ length: 10_000 }, (_, at) => ({
      tag: `BOX-N${String(at).padStart(5, "0")}`,
      title: `Number ${at}`,
    }));
    const { page } = await open(buildPredicate({ tags }), "#/matrix");
    const count = () => page.locator(".rows-body .row").count();
    expect(await count()).toBeGreaterThan(10);
    expect(await count()).toBeLessThan(200);
    await page.focus(".rows-view");
    await page.keyboard.press("End");
    await page.waitForSelector("#row-9999");
    expect(await count()).toBeLessThan(200);
    expect((await shown(page)).at(-1)).toBe("BOX-N09999");
    await page.close();
  });

  it("shows a capability with its requirements and their scenarios", async () => {
    traceSpec("HTML-REPORT-CAPABILITY");
    const { page } = await open(MIXED);
    await page.locator("#overview th a", { hasText: "lid" }).click();
    await page.waitForFunction(() => location.hash === "#/capability/lid");
    expect(await page.locator("#view .rows code").allInnerTexts()).toEqual(["LID-SHUT", "LID-WORN"]);
    expect(await page.locator("#view .facts").innerText()).toMatch(/tags\s+2\s+failing\s+1\s+hollow\s+1/);
    await page.evaluate(() => location.assign("#/capability/nothing"));
    await page.waitForFunction(() => document.querySelector("#view h1")?.textContent === "Unknown capability");
    await page.close();
  });

  it("shows the whole case of a tag", async () => {
    traceSpec("HTML-REPORT-CASE");
    const { page } = await open(MIXED, "#/tag/LID-SHUT");
    const text = await page.locator("#view").innerText();
    for (const part of [
      "failing",
      "Shutting",
      'test "shuts" failed',
      "✗ fail",
      "expected 1, got 2",
      "What would close it",
    ]) {
      expect(text).toContain(part);
    }
    await page.goto(page.url().replace(/#.*/, "#/tag/BOX-OPEN"));
    await page.waitForFunction(() => document.querySelector("#view h1")?.textContent?.includes("BOX-OPEN"));
    const other = await page.locator("#view").innerText();
    for (const part of [
      "src/box.ts:9",
      "src/box.test.ts:4",
      "TAG004",
      "Unexpected reference to BOX-X",
      "BOX-OPEN-TWICE",
    ]) {
      expect(other).toContain(part);
    }
    expect(await page.locator(".ears-timing:not(.legend *)").innerText()).toBe("within 2 s");
    expect(await page.locator(".graph .refines").count()).toBe(1);
    await page.close();
  });

  it("shows the keywords of a scenario's steps in bold, and explains no colours that it does not use", async () => {
    traceSpec("HTML-REPORT-CASE-STEPS");
    const text = "Shut\n\n- **GIVEN** 2 ** 3 <b>lids</b>\n- **THEN** one is shut";
    const items = [{ kind: "implementation" as const, name: "shut" }];
    const predicate = buildPredicate({ tags: [{ tag: "LID-SHUT", title: "Shut", text, items }] });
    const { page } = await open(predicate, "#/tag/LID-SHUT");
    const shownText = page.locator("#view pre.text");
    expect(await shownText.locator("b").allInnerTexts()).toEqual(["GIVEN", "THEN"]);
    expect(await shownText.innerText()).toContain("- GIVEN 2 ** 3 <b>lids</b>\n- THEN one is shut");
    expect(await page.locator(".legend").count()).toBe(0);
    await page.goto(page.url().replace(/#.*/, "#/matrix"));
    const head = page.locator(".head .cell > span", { hasText: "implementation" });
    expect((await head.boundingBox())?.height).toBeLessThan(20);
    await page.close();
  });

  it("opens where its address says", async () => {
    traceSpec("HTML-REPORT-ADDRESS");
    const id = MIXED.findings.find((each) => each.code === "TAG004")?.id ?? "";
    const { page } = await open(MIXED, `#/finding/${id}`);
    expect(await page.locator("#view").innerText()).toContain("Unexpected reference to BOX-X");
    expect(await page.locator('#nav [aria-current="page"]').count()).toBe(0);
    await page.goto(page.url().replace(/#.*/, "#/findings?severity=warning"));
    await page.waitForSelector(".rows-body .row");
    expect(await page.locator(".rows-body .c-code").allInnerTexts()).toEqual(["EVD006"]);
    await page.close();
  });

  it("draws the situation of a conflict as a timeline", async () => {
    traceSpec("HTML-REPORT-SITUATION");
    const predicate = structuredClone(MIXED);
    const [first] = predicate.findings;
    if (first === undefined) throw new Error("no finding");
    first.check = "conflict";
    first.situation = {
      conditions: ["the level is high", "<b>the lid is open</b>"],
      demands: [
        { statement: "BOX-OPEN", text: "SHALL open the valve" },
        { statement: "LID-SHUT", text: "SHALL close the valve" },
      ],
    };
    const { page } = await open(predicate, `#/finding/${first.id}`);
    expect(await page.locator(".timeline > li").allInnerTexts()).toEqual([
      "It can happen that\nthe level is high\n<b>the lid is open</b>",
      "Then\nBOX-OPEN SHALL open the valve\nLID-SHUT SHALL close the valve",
      "Both cannot be met",
    ]);
    await page.close();
  });

  it("says so when its address names an unknown tag", async () => {
    traceSpec("HTML-REPORT-ADDRESS-UNKNOWN");
    const { page } = await open(MIXED, "#/tag/%E0%A4%A");
    expect(await page.locator("#view h1").innerText()).toBe("Unknown tag");
    expect(await page.getByText("Search for it").count()).toBe(1);
    await page.close();
  });

  it("runs nothing of a hostile input", async () => {
    traceSpec("HTML-REPORT-SAFE-BROWSER");
    const bad = [
      "<script>alert(1)</script>",
      "</script><script>alert(2)</script>",
      "<img src=x onerror=alert(3)>",
      '"><svg onload=alert(4)>',
      "javascript:alert(5)",
      "</title></style><b>",
      "\u202Egnp.exe",
    ].join(" ");
    const predicate = buildPredicate({
      tags: [
        {
          tag: "BOX-A",
          title: bad,
          capability: bad,
          file: bad,
          text: bad,
          verdict: "failing",
          reasons: [bad],
          items: [{ name: bad, notes: [bad], file: bad, cannotFail: bad }],
          references: [{ file: bad, test: bad }],
        },
      ],
      findings: [{ message: bad, file: bad, suggestion: bad, tags: ["BOX-A"] }],
      analyses: { ears: { read: bad } },
    });
    const { page, events } = await open(predicate, "", {
      context: { title: bad, links: { base: "https://forge.example/", kind: "forge" } },
    });
    for (const view of ["#/matrix", "#/tag/BOX-A", "#/findings", `#/finding/${predicate.findings[0]?.id}`, "#/gaps"]) {
      await page.evaluate((hash) => location.assign(hash), view);
      await page.waitForTimeout(50);
      const links = await page
        .locator("#view a")
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
      for (const link of links) expect(link).toMatch(/^(?:file|https):\/\//);
      expect(await page.locator("#view").innerText()).toContain("<script>alert(1)</script>");
      expect(await page.locator("#view").innerText()).not.toContain("\u202E");
    }
    expect(events).toEqual([]);
    await page.close();
  });

  it.each(["light", "dark"] as const)("has no violation that axe-core finds in %s colours", async (scheme) => {
    traceSpec("HTML-REPORT-ACCESS");
    const { page } = await open(MIXED, "", { scheme, context: traced() });
    for (const view of VIEWS) {
      await page.evaluate((hash) => location.assign(hash || "#/"), view);
      await page.waitForTimeout(100);
      // The policy of the page forbids a script element; the debugger's evaluation is no part of it.
      await page.evaluate(axe.source);
      const violations = await page.evaluate(async () => {
        const axe = Reflect.get(globalThis, "axe");
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
        const result = await axe.run(document, { runOnly: { type: "tag", values: tags } });
        return result.violations.map((each: { id: string; nodes: { html: string }[] }) => [
          each.id,
          each.nodes[0]?.html,
        ]);
      });
      expect([view, violations]).toEqual([view, []]);
    }
    await page.close();
  });

  it("fits a narrow window", async () => {
    traceSpec("HTML-REPORT-ACCESS-NARROW");
    const { page } = await open(MIXED, "", { width: 390, context: traced() });
    for (const view of VIEWS) {
      await page.evaluate((hash) => location.assign(hash || "#/"), view);
      await page.waitForTimeout(50);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([view, wide]).toEqual([view, 0]);
    }
    await page.close();
  });

  it("shows the theme that was chosen whatever the system prefers", async () => {
    traceSpec("HTML-REPORT-ACCESS-THEME");
    const { page } = await open(MIXED, "", { scheme: "dark" });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await background();
    await page.keyboard.press("t");
    const light = await background();
    expect(light).toBe("rgb(255, 255, 255)");
    expect(light).not.toBe(dark);
    await page.click("#theme");
    expect(await background()).toBe(dark);
    await page.close();
  });

  it("draws counterexamples and instances, with what the command was asked", async () => {
    traceSpec("HTML-REPORT-MODEL");
    const predicate = structuredClone(MIXED);
    const broken = aModelCommand({ tags: ["LID-SHUT"], name: "shuts" });
    const passed = aModelCommand({ tags: ["BOX-OPEN"], name: "opens", answer: "no counterexample", outcome: "pass" });
    predicate.models = { ...NO_MODELS, commands: [broken, { ...passed, instance: null }] };
    const context = { models: await describeModels(predicate) };
    const { page, events } = await open(predicate, "#/models", { context });
    expect(await page.locator("figcaption").allInnerTexts()).toEqual([
      "check shuts fail openspec/specs/box/spec.md:30",
      "check opens pass openspec/specs/box/spec.md:30",
    ]);
    expect(await page.locator(".states svg").count()).toBe(1);
    expect(await page.locator(".states svg").textContent()).toMatch(/Box.*lid|lid.*Box/s);
    await page.evaluate(() => location.assign("#/tag/LID-SHUT"));
    await page.waitForSelector("article .model svg");
    expect(await page.locator("article .model").innerText()).toContain("sat4j, 12 variables, 34 clauses");
    expect(events).toEqual([]);
    await page.close();
  });

  it("draws a trace, and what really was on demand", async () => {
    traceSpec("HTML-REPORT-TRACE");
    traceSpec("HTML-REPORT-TRACE-TRUTH");
    const { page } = await open(MIXED, "#/traces", { context: traced() });
    expect(await page.locator(".spacetime .lane").allTextContents()).toEqual(["client", "worker-a", "worker-b"]);
    expect(await page.locator(".event").count()).toBe(6);
    expect(await page.locator(".message").count()).toBe(3);
    expect(await page.locator(".e-broken").count()).toBe(1);
    expect(await page.locator(".e-stale, .e-conflict").count()).toBe(0);
    await page.check(".switch input");
    expect(await page.locator(".e-stale").count()).toBe(1);
    expect(await page.locator(".e-conflict").count()).toBe(1);
    await page.locator(".e-stale").focus();
    await page.keyboard.press("Enter");
    const detail = await page.locator(".trace-detail").innerText();
    expect(detail).toContain("read latest");
    expect(detail).toContain("replica-2");
    await page.close();
  });
});
