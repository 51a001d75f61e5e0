import { spawn } from "node:child_process";

const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["explorer.exe"],
};

/** Opens a file with the desktop's program for it. A sentence when that cannot be started; null when it was. */
export function openInBrowser(path: string): Promise<string | null> {
  const [program = "xdg-open", ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  return new Promise((resolve) => {
    const child = spawn(program, [...args, path], { stdio: "ignore", detached: true });
    child.on("error", () => resolve(`could not start ${program}; open ${path} yourself`));
    child.on("spawn", () => {
      child.unref();
      resolve(null);
    });
  });
}
