/**
 * Runs an Alloy model through an installed package and prints what its commands came to.
 *
 *     node .ci/alloy.mjs <dist folder of the package>
 */
import process from "node:process";
import { pathToFileURL } from "node:url";

const built = (path) => import(pathToFileURL(`${process.argv[2]}/${path}`).href);
const { acquireAlloy } = await built("host/alloy/acquire.js");
const { NO_CACHE } = await built("host/cache.js");
const { ALLOY_OPTIONS } = await built("model/alloy.js");
const { defaultConfig } = await built("model/config.js");
const { fileSpan } = await built("model/span.js");

const text = "sig A { to: set A }\ncheck { some to implies some A } for 3\nrun { some to } for 3\n";
const module = { root: "a.als", files: { "a.als": text } };
const config = defaultConfig().alloy;
const got = await acquireAlloy({ root: process.cwd(), config, cache: NO_CACHE, span: fileSpan("a.als") });
if (!("engine" in got)) throw new Error(got.finding.message);
const answers = [];
for (const command of [0, 1]) answers.push(await got.engine.ask(module, { ask: "command", command }, ALLOY_OPTIONS));
await got.engine.close();
process.stdout.write(`${answers.map(({ status }) => status).join(" ")}\n`);
