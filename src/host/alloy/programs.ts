import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** Absolute path of a program on the PATH, or null. Entries that are not absolute are no place to run things from. */
export function programOnPath(name: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  for (const folder of (env.PATH ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const suffix of suffixes) {
      const path = join(folder, name + suffix);
      if (isExecutable(path)) return path;
    }
  }
  return null;
}

/** A program of the JDK or JRE in use: that of JAVA_HOME when it is set, else the one on the PATH. */
export function javaProgram(name: "java" | "javac" | "jar", env: NodeJS.ProcessEnv = process.env): string | null {
  const { JAVA_HOME: home = "" } = env;
  if (isAbsolute(home)) {
    const path = join(home, "bin", process.platform === "win32" ? `${name}.exe` : name);
    if (isExecutable(path)) return path;
  }
  return programOnPath(name, env);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
