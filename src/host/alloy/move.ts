import { copyFileSync, renameSync } from "node:fs";
import { errorCode } from "../bytes.js";

/** Gives a whole file another name, also on another disk; whoever looks there sees the whole file or none. */
export function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (caught) {
    if (errorCode(caught) !== "EXDEV") throw caught;
    const near = `${to}.${process.pid}`;
    copyFileSync(from, near);
    renameSync(near, to);
  }
}
