/**
 * The GitHub action: one `evidence check` with the inputs as options. Annotations go to the log, the summary to the job's
 * page, paths and counts to the outputs. Nothing here decides anything: the exit code is the command's.
 */
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** A job summary may have 1 MiB; the rest of the job's steps share it. */
const MOST_SUMMARY = 900_000;
const REPORT = ".evidence/report.html";

const workspace = process.env.GITHUB_WORKSPACE || process.cwd();

/** Inputs arrive as variables; one that is not given is an empty text. */
const input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? "").trim();

process.exitCode = main();

function main() {
  const command = locate();
  if (command === null) {
    console.log(
      "::error title=evidence::spec-evidence is not installed: run npm ci, with spec-evidence among the devDependencies",
    );
    return 2;
  }
  const scratch = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), "evidence-"));
  try {
    return check(command, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The project's own installation, whose version its lock file fixes; else this checkout, where it is built. */
function locate() {
  try {
    const installed = createRequire(join(workspace, "package.json")).resolve("spec-evidence/package.json");
    const command = join(dirname(installed), "bin/evidence.js");
    if (existsSync(join(dirname(installed), "dist/cli/main.js"))) return command;
  } catch {
    // Not installed there.
  }
  const own = fileURLToPath(new URL("../bin/evidence.js", import.meta.url));
  return existsSync(fileURLToPath(new URL("../dist/cli/main.js", import.meta.url))) ? own : null;
}

function check(command, scratch) {
  const facts = join(scratch, "check.json");
  const summary = join(scratch, "summary.md");
  const report = join(workspace, REPORT);
  mkdirSync(dirname(report), { recursive: true });
  const reports = { json: facts, markdown: summary, html: report, ...(input("sarif") && { sarif: input("sarif") }) };
  // `--name=value`, so that no value is taken for an option.
  const options = [
    ...(input("config") ? [`--config=${input("config")}`] : []),
    ...(input("base-ref") ? [`--base=${input("base-ref")}`] : []),
    ...(input("mode") ? [`--mode=${input("mode")}`] : []),
    ...input("results")
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => `--results=${line}`),
    ...Object.entries(reports).map(([format, file]) => `--report=${format}=${file}`),
  ];
  const run = spawnSync(process.execPath, [command, "check", "--format=github", ...options], {
    cwd: workspace,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const judged = existsSync(facts) ? JSON.parse(readFileSync(facts, "utf8")) : null;
  if (existsSync(summary)) appendTo("GITHUB_STEP_SUMMARY", cut(readFileSync(summary, "utf8")));
  output("verdict", judged?.gate ?? "");
  output("manifest", judged === null ? "" : manifestPath());
  output("report", judged === null ? "" : REPORT);
  output("counts", judged === null ? "" : JSON.stringify(judged.totals));
  if (judged !== null && input("comment")) writeComment(input("comment"), facts);
  return run.status ?? 3;
}

/** Where the configuration puts the manifest. */
function manifestPath() {
  try {
    const text = readFileSync(join(workspace, input("config") || "evidence.config.json"), "utf8");
    const { manifest } = JSON.parse(text);
    if (typeof manifest === "string") return manifest;
  } catch {
    // No configuration: the usual place.
  }
  return "evidence-manifest.json";
}

/** The facts as the command wrote them: who posts them takes nothing of them on trust. */
function writeComment(file, facts) {
  const target = join(workspace, file);
  mkdirSync(dirname(target), { recursive: true });
  appendFileSync(target, readFileSync(facts), { flag: "w" });
}

function cut(text) {
  if (Buffer.byteLength(text) <= MOST_SUMMARY) return text;
  const head = Buffer.from(text).subarray(0, MOST_SUMMARY).toString("utf8");
  return `${head.slice(0, head.lastIndexOf("\n"))}\n\nThe rest is in the report.\n`;
}

/** A delimiter that no value can hold, as the runner's documentation asks for. */
function output(name, value) {
  const delimiter = `evidence-${randomUUID()}`;
  appendTo("GITHUB_OUTPUT", `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}

function appendTo(variable, text) {
  const file = process.env[variable];
  if (file) appendFileSync(file, text);
}
