import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { closeSync, constants, fstatSync, ftruncateSync, mkdirSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { errorCode } from "./bytes.js";

export interface RunOptions {
  /** Absolute. */
  cwd: string;
  timeoutMs: number;
  /** File that takes standard output and standard error as they come; truncated first. */
  log: string;
  /** Added to the environment of this process. */
  env?: Readonly<Record<string, string>>;
  /** Stops the process when aborted. */
  signal?: AbortSignal | undefined;
  /** Time between asking the process group to end and killing it. */
  graceMs?: number;
  /** Size at which the log is emptied, so that an endless loop of output cannot fill the disk. */
  maxLogBytes?: number;
}

export interface RunResult {
  /** Null when it did not end by itself. */
  exitCode: number | null;
  /** Signal that ended it; null when none did. */
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  aborted: boolean;
  /** Errno name when the command could not be started; null when it was. */
  startFailure: string | null;
  /** The last few kilobytes of the log. */
  tail: string;
}

const TAIL_BYTES = 4096;

const WATCH_MS = 1000;

const LOG_MAX_BYTES = 256 * 1024 * 1024;

/** Appending, so that a log emptied under way is written from its start again. */
const LOG_FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC | constants.O_APPEND | constants.O_NOFOLLOW;

/** Leaders of the process groups that run now. */
const groups = new Set<number>();

/**
 * Runs a command by argument vector; no shell reads it, and it gets no input. It runs in a process group of its own, which
 * is ended as a whole when time is up or the signal aborts. Never rejects: how it went is the result.
 */
export async function run(command: readonly string[], options: RunOptions): Promise<RunResult> {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = openSync(options.log, LOG_FLAGS);
  try {
    const ending = options.signal?.aborted ? { ...NOT_STARTED, aborted: true } : await supervise(command, options, log);
    return { ...ending, tail: tailOf(log) };
  } finally {
    closeSync(log);
  }
}

/** Kills every process group that still runs: for the moment when this process ends anyway. */
export function killProcessGroups(): void {
  for (const leader of groups) signalGroup(leader, "SIGKILL");
}

type Ending = Omit<RunResult, "tail">;

const NOT_STARTED: Ending = { exitCode: null, signal: null, timedOut: false, aborted: false, startFailure: null };

async function supervise(command: readonly string[], options: RunOptions, log: number): Promise<Ending> {
  const started = start(command, options, log);
  if ("code" in started) return { ...NOT_STARTED, startFailure: started.code };
  const { child } = started;
  const ended = endOf(child);
  const leader = child.pid;
  if (leader === undefined) return { ...NOT_STARTED, startFailure: (await ended).startFailure };
  const why = { timedOut: false, aborted: false };
  let stopping: Promise<void> | null = null;
  const stop = (reason: keyof typeof why) => {
    why[reason] = true;
    stopping ??= endGroup(leader, options.graceMs ?? 3000);
  };
  const onAbort = () => stop("aborted");
  const timer = setTimeout(() => stop("timedOut"), options.timeoutMs);
  const watch = setInterval(() => emptyWhenFull(log, options.maxLogBytes ?? LOG_MAX_BYTES), WATCH_MS);
  options.signal?.addEventListener("abort", onAbort, { once: true });
  enrol(leader);
  try {
    const ending = await ended;
    await stopping;
    return { ...ending, ...why };
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    options.signal?.removeEventListener("abort", onAbort);
    strike(leader);
  }
}

/** Some failures to start are thrown (a NUL byte in an argument), most are events. */
function start(
  command: readonly string[],
  options: RunOptions,
  log: number,
): { child: ChildProcess } | { code: string } {
  const [program = "", ...args] = command;
  const env = { ...process.env, ...options.env };
  try {
    return { child: spawn(program, args, { cwd: options.cwd, env, detached: true, stdio: ["ignore", log, log] }) };
  } catch (caught) {
    return { code: errorCode(caught) };
  }
}

function endOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once("exit", (exitCode, signal) => resolve({ ...NOT_STARTED, exitCode, signal }));
    child.on("error", (caught) => {
      if (child.pid === undefined) resolve({ ...NOT_STARTED, startFailure: errorCode(caught) });
    });
  });
}

/** Has a process group killed when this process ends, until it is struck off. */
export function enrol(leader: number): void {
  if (groups.size === 0) process.once("exit", killProcessGroups);
  groups.add(leader);
}

export function strike(leader: number): void {
  groups.delete(leader);
  if (groups.size === 0) process.removeListener("exit", killProcessGroups);
}

/** Asks the group to end, and kills what is left of it after the grace: the leader may go and leave others behind. */
async function endGroup(leader: number, graceMs: number): Promise<void> {
  signalGroup(leader, "SIGTERM");
  for (let waited = 0; waited < graceMs; waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (!signalGroup(leader, 0)) return;
  }
  signalGroup(leader, "SIGKILL");
}

/** False when no process of the group is left. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch (caught) {
    return errorCode(caught) === "EPERM";
  }
}

function emptyWhenFull(log: number, maxBytes: number): void {
  if (fstatSync(log).size > maxBytes) ftruncateSync(log, 0);
}

function tailOf(log: number): string {
  const { size } = fstatSync(log);
  const length = Math.min(size, TAIL_BYTES);
  const bytes = Buffer.alloc(length);
  readSync(log, bytes, 0, length, size - length);
  return bytes.toString("utf8").replace(/^\uFFFD+/, "");
}
