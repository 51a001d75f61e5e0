/**
 * Measures the HTML report of the generated repository: the time to write it from a manifest, its size, and the time until
 * a browser can be used with it.
 *
 *     node bench/report.mjs [--scale 1] [--runs 3]
 *
 * Fails when the file is larger than 3 MB at scale 1 or its shell larger than 300 KB: sizes do not depend on the machine.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values } = parseArgs({
  options: { scale: { type: "string", default: "1" }, runs: { type: "string", default: "3" } },
});
const [scale, runs] = [Number(values.scale), Number(values.runs)];
const command = fileURLToPath(new URL("../bin/evidence.js", import.meta.url));
const generator = fileURLToPath(new URL("generate.mjs", import.meta.url));
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

function run(args, allowed = [0]) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (!allowed.includes(status)) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

const folder = mkdtempSync(join(tmpdir(), "evidence-report-bench-"));
try {
  const tree = join(folder, "tree");
  const page = join(folder, "report.html");
  const manifest = join(tree, "evidence-manifest.json");
  run([generator, "--scale", String(scale), tree]);
  run([command, "check", "-C", tree, "--skip", "text,logic,providers", "-q"], [0, 1]);
  const written = [];
  for (let at = 0; at < runs; at += 1) {
    written.push(run([command, "report", "-C", tree, "--manifest", manifest, "-o", page]));
  }
  const text = readFileSync(page, "utf8");
  const data = /<script type="text\/plain" id="data">([^<]*)</.exec(text)?.[1] ?? "";
  const [shell, size] = [text.length - data.length, statSync(page).size];
  const ready = [];
  let rows = 0;
  const path = spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout.trim();
  const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
  for (let at = 0; at < runs; at += 1) {
    const tab = await browser.newPage();
    const start = performance.now();
    await tab.goto(`${pathToFileURL(page).href}#/matrix`);
    await tab.waitForSelector(".rows-body .row");
    ready.push(performance.now() - start);
    rows = await tab.locator(".rows-body .row").count();
    await tab.close();
  }
  await browser.close();
  console.log(`report written from a manifest  median ${(median(written) / 1000).toFixed(2)} s`);
  console.log(
    `file                            ${(size / 1e6).toFixed(2)} MB, of which shell and summary ${(shell / 1e3).toFixed(0)} KB`,
  );
  console.log(
    `matrix can be used              median ${(median(ready) / 1000).toFixed(2)} s, ${rows} rows in the page`,
  );
  if (scale <= 1 && size > 3_000_000) throw new Error("the file is larger than 3 MB");
  if (shell > 300_000) throw new Error("the shell is larger than 300 KB");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
