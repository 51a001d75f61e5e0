/** Lists a folder's files by git and reads each once, the least that any judgement of it does. Prints their number. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [, , folder] = process.argv;
const listed = execFileSync("git", ["-C", folder, "ls-files", "-z"], { maxBuffer: 256 * 1024 * 1024 });
const paths = listed.toString("utf8").split("\0").slice(0, -1);
let bytes = 0;
for (const path of paths) bytes += readFileSync(join(folder, path)).length;
console.log(`${paths.length} files, ${bytes} bytes`);
