/**
 * Measures how Alloy is run: all files by one warm process beside one process for each file, and one trivial model from
 * nothing to its answer, each as a whole node process with the processes it starts and with the archive of classes in
 * place. Prints seconds, CPU seconds and the largest resident set of any process.
 *
 *     npm run bench -- --only alloy
 *     node bench/alloy.mjs warm|each|trivial
 */
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";

const SELF = fileURLToPath(import.meta.url);
const FILES = 24;

/** What the project promises; the ratio counts CPU, because other work on the machine stretches the clock. */
const RATIO = 4;
const TRIVIAL_SECONDS = 1.5;

const TRIVIAL = { root: "trivial.als", files: { "trivial.als": "sig A {}\nrun { some A } for 2" } };

/** A ring of as many kinds as its number says, with a check that holds and a run that has an instance. */
function ring(number) {
  const kinds = 2 + (number % 4);
  const names = Array.from({ length: kinds }, (_, at) => `Kind${at}`);
  const text = `abstract sig Node { next: one Node, seen: set Node }
${names.map((name) => `sig ${name} extends Node {}`).join("\n")}
fact ring${number} { all n: Node | Node in n.^next }
assert covers { all n: Node | n in n.^next and no (n.seen - Node) }
check covers for ${3 + (number % 2)} expect 0
run { some ${names[0]} and some seen } for 3 expect 1
`;
  return { root: `ring${number}.als`, files: { [`ring${number}.als`]: text } };
}

async function work(mode) {
  const built = (path) => import(new URL(`../dist/${path}`, import.meta.url).href);
  const { findAlloyJar } = await built("host/alloy/jar.js");
  const { openAlloy } = await built("host/alloy/open.js");
  const { NO_CACHE } = await built("host/cache.js");
  const { ALLOY_OPTIONS } = await built("model/alloy.js");
  const found = findAlloyJar({ root: fileURLToPath(new URL("..", import.meta.url)) });
  if (!("jar" in found)) throw new Error("no jar of Alloy");
  const open = () => openAlloy({ jar: found.jar, cache: NO_CACHE, memoryMb: 1024, workers: 1 });
  const statuses = [];
  const ask = async (engine, module, commands) => {
    for (let command = 0; command < commands; command++) {
      statuses.push((await engine.ask(module, { ask: "command", command }, ALLOY_OPTIONS)).status);
    }
  };
  let engine = open();
  if (mode === "trivial") await ask(engine, TRIVIAL, 1);
  for (let number = 0; mode !== "trivial" && number < FILES; number++) {
    await ask(engine, ring(number), 2);
    if (mode === "each") {
      await engine.close();
      engine = open();
    }
  }
  await engine.close();
  console.log(statuses.join(" "));
}

/** Gives what was wrong: answers, and promises not kept. */
export async function benchAlloy({ scratch }) {
  const wrong = [];
  const run = async (mode, expected) => {
    const usage = await measure([SELF, mode], { cwd: scratch, scratch });
    if (usage.stdout.trim() !== expected) wrong.push(`alloy ${mode}: ${usage.stdout}${usage.stderr}`);
    const { seconds, cpuSeconds, rssMiB } = usage;
    const figures = `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} CPU s, ${rssMiB.toFixed(0)} MiB`;
    console.log(`alloy ${mode.padEnd(8)} ${figures}`);
    return usage;
  };
  const answers = Array(FILES).fill("unsatisfiable satisfiable").join(" ");
  // The first run writes the archive of classes, if there is none yet.
  await run("trivial", "satisfiable");
  const trivial = await run("trivial", "satisfiable");
  const warm = await run("warm", answers);
  const each = await run("each", answers);
  const ratio = each.cpuSeconds / warm.cpuSeconds;
  console.log(
    `alloy ratio    ${ratio.toFixed(1)} in CPU, ${(each.seconds / warm.seconds).toFixed(1)} in time, of ${FILES} files`,
  );
  if (ratio < RATIO) console.log(`alloy: below the promised ratio of ${RATIO}`);
  if (trivial.cpuSeconds > TRIVIAL_SECONDS)
    console.log(`alloy: a trivial model above the promised ${TRIVIAL_SECONDS} s`);
  return wrong;
}

if (process.argv[1] === SELF) await work(process.argv[2] ?? "warm");
