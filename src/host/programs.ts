import { accessSync, constants, statSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import type { Config } from "../model/config.js";
import type { InstalledPart } from "./installed.js";

/** Whether the program of each configured provider is there; nothing of it is run. `root` is the judged folder. */
export function providerParts(root: string, providers: Config["providers"]): InstalledPart[] {
  return providers.map(({ name, command }) => {
    const missing = missingProgram(root, command);
    return {
      part: `provider ${name}`,
      status: missing === null ? "ok" : "absent",
      version: null,
      neededFor: `the results of \`${command.join(" ")}\``,
      hint: missing === null ? null : `Install ${missing}, or correct \`providers\` in the configuration.`,
    };
  });
}

/** What of a command is not there: its program, or the package whose program npx would have to fetch first. */
function missingProgram(root: string, [program = "", first = ""]: readonly string[]): string | null {
  const found = /[\\/]/u.test(program) ? isProgram(resolve(root, program)) : isOnPath(program);
  if (!found) return program;
  return program === "npx" && /^[a-z][\w.-]*$/u.test(first) && !isPackageProgram(root, first) ? first : null;
}

function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => isProgram(join(folder, program)));
}

/** npx looks in the folder and in all that it lies in. */
function isPackageProgram(root: string, name: string): boolean {
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    if (isProgram(join(folder, "node_modules/.bin", name))) return true;
    if (dirname(folder) === folder) return false;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
