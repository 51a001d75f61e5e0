import { join } from "node:path";
import { proposeConfig } from "../../evidence/proposal.js";
import { programOnPath } from "../../host/alloy/programs.js";
import { CONFIG_FILE } from "../../host/config.js";
import { fileExists, readTextFile } from "../../host/files.js";
import { listInputs } from "../../host/inputs.js";
import { findReports } from "../../host/reports.js";
import { writeFileAtomic } from "../../host/write.js";
import { Page } from "../../report/text/page.js";
import type { GlobalOptions } from "../context.js";
import { requireText, rootOf } from "../context.js";
import { EXIT, UsageError } from "../errors.js";

/** Files that say which tools a project uses: of its packages only their manifests. */
const TELLING = /(?:^|\/)package\.json$|^(?:vitest|vite)\.config\.[cm]?[jt]s$/u;

/** A repository of more packages than this is set up by hand. */
const MOST_PACKAGES = 200;

const WIDTH = 80;

/** Programs that are looked for on the PATH. */
const PROGRAMS = ["gotestsum"];

const NODE_RUNNERS = ["vitest", "jest"];

/** `evidence init`: writes a configuration from what the folder holds, and says what is left to do. */
export async function init(options: GlobalOptions): Promise<number> {
  requireText(options);
  const root = rootOf(options);
  const path = join(root.path, CONFIG_FILE);
  if (fileExists(path)) {
    throw new UsageError(`Unexpected ${CONFIG_FILE}, expected a folder without one; remove it to start anew`);
  }
  const files = await listInputs(root.path);
  const texts = new Map<string, string>();
  for (const file of files.filter((each) => TELLING.test(each)).slice(0, MOST_PACKAGES)) {
    const read = readTextFile(root.path, file);
    if ("text" in read) texts.set(file, read.text);
  }
  const programs = [...texts.keys()].flatMap((file) => {
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    return NODE_RUNNERS.map((name) => `${folder}node_modules/.bin/${name}`);
  });
  const installed = new Set(programs.filter((program) => fileExists(join(root.path, program))));
  for (const name of PROGRAMS) if (programOnPath(name, process.env) !== null) installed.add(name);
  const proposal = proposeConfig({ files, texts, reports: findReports(root.path), programs: installed });
  writeFileAtomic(path, `${JSON.stringify(proposal.config, null, 2)}\n`, { within: root.path });
  const page = new Page({ width: WIDTH, colour: false });
  page.text([`Wrote ${CONFIG_FILE}.`]);
  for (const each of proposal.detected) page.text([`found  ${each}`], { indent: 2, hang: 9 });
  for (const each of proposal.advice) page.text([`to do  ${each}`], { indent: 2, hang: 9 });
  page.text(["Next: `evidence check`"]);
  process.stdout.write(page.toString());
  return EXIT.clean;
}
