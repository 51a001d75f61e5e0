import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { Socket } from "node:net";
import { errorCode } from "../bytes.js";
import { parseReady, parseReply } from "./protocol.js";

/** How a virtual machine stopped answering. */
export interface Ending {
  why: "start" | "ended" | "garbage" | "killed";
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** The last of what it printed besides answers. */
  said: string;
}

export interface Launch {
  program: string;
  args: readonly string[];
  /** Longest time until it says that it is ready. */
  startMs: number;
}

const SAID_CHARS = 4000;

/** A line that never ends is no answer. */
const LINE_MAX_CHARS = 256 * 1024 * 1024;

/** Time in which a process that has nothing to do any more should be gone. */
const CLOSE_MS = 20_000;

/** Those that live: ended with this process, whatever ends it. Where even that fails, the end of their input ends them. */
const living = new Set<ChildProcessWithoutNullStreams>();

/**
 * One process of the engine. It is asked one thing at a time, and is never trusted to answer: whoever waits is told when
 * it ends, or prints anything that is no answer.
 */
export class Machine {
  /** Settled when it is ready for requests, or has ended before. */
  readonly ready: Promise<Ending | null>;
  private readonly child: ChildProcessWithoutNullStreams | null;
  private ending: Ending | null = null;
  private waiting: ((outcome: { result: unknown } | Ending) => void) | null = null;
  private begun: ((ending: Ending | null) => void) | null = null;
  private readonly ended: Promise<void>;
  private pieces: string[] = [];
  private length = 0;
  private said = "";
  private serial = 0;

  constructor(launch: Launch) {
    this.ready = new Promise((resolve) => {
      this.begun = resolve;
    });
    this.child = start(launch);
    this.ended = this.attach(launch.startMs);
  }

  /** Sends a request and waits, without limit, for its result or the end of the process. */
  ask(request: Record<string, unknown>): Promise<{ result: unknown } | Ending> {
    if (this.ending !== null) return Promise.resolve(this.ending);
    this.serial += 1;
    const line = JSON.stringify({ id: this.serial, ...request });
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.hold(true);
      this.child?.stdin.write(`${line}\n`);
    });
  }

  kill(): void {
    this.finish({ why: "killed", exitCode: null, signal: null, said: this.said });
    this.child?.kill("SIGKILL");
  }

  /** Lets it end by itself, which it does when its input ends; kills it when it does not. */
  async close(): Promise<void> {
    if (this.child === null) return;
    this.hold(true);
    this.child.stdin.end();
    const timer = setTimeout(() => this.child?.kill("SIGKILL"), CLOSE_MS);
    await this.ended;
    clearTimeout(timer);
  }

  private attach(startMs: number): Promise<void> {
    const child = this.child;
    if (child === null) {
      this.finish({ why: "start", exitCode: null, signal: null, said: "it cannot be started" });
      return Promise.resolve();
    }
    const slow = setTimeout(() => {
      this.finish({ why: "start", exitCode: null, signal: null, said: `it was not ready after ${startMs} ms` });
      child.kill("SIGKILL");
    }, startMs);
    void this.ready.then(() => clearTimeout(slow));
    child.stdout.setEncoding("utf8").on("data", (text: string) => this.take(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.said = (this.said + text).slice(-SAID_CHARS);
    });
    // A write to a process that has just ended fails here; its end is told by "close".
    child.stdin.on("error", () => undefined);
    child.on("error", (caught) => {
      if (child.pid !== undefined) return;
      this.finish({ why: "start", exitCode: null, signal: null, said: `it cannot be started (${errorCode(caught)})` });
    });
    return new Promise((resolve) => {
      child.on("close", (exitCode, signal) => {
        forget(child);
        this.finish({ why: this.begun === null ? "ended" : "start", exitCode, signal, said: this.said });
        resolve();
      });
    });
  }

  private take(text: string): void {
    const lines = text.split("\n");
    const rest = lines.pop() ?? "";
    for (const line of lines) {
      const whole = this.pieces.join("") + line;
      this.pieces = [];
      this.length = 0;
      this.receive(whole);
    }
    if (rest === "") return;
    this.pieces.push(rest);
    this.length += rest.length;
    if (this.length > LINE_MAX_CHARS) this.garbage("a line without end");
  }

  private receive(line: string): void {
    if (this.ending !== null) return;
    if (this.begun !== null) {
      if (parseReady(line) === null) this.garbage(line);
      else this.started(null);
      return;
    }
    const reply = parseReply(line);
    if (reply === null || reply.id !== this.serial || this.waiting === null) this.garbage(line);
    else this.settle({ result: reply.result });
  }

  private garbage(line: string): void {
    this.finish({ why: "garbage", exitCode: null, signal: null, said: line.slice(0, SAID_CHARS) });
    this.child?.kill("SIGKILL");
  }

  private finish(ending: Ending): void {
    if (this.ending !== null) return;
    this.ending = ending;
    this.started(ending);
    this.settle(ending);
  }

  private started(ending: Ending | null): void {
    this.begun?.(ending);
    this.begun = null;
    if (this.waiting === null) this.hold(false);
  }

  private settle(outcome: { result: unknown } | Ending): void {
    const waiting = this.waiting;
    this.waiting = null;
    this.hold(false);
    waiting?.(outcome);
  }

  /** Only a process at work keeps this one from ending. */
  private hold(on: boolean): void {
    const child = this.child;
    if (child === null) return;
    const pipes = [child.stdin, child.stdout, child.stderr].filter((each) => each instanceof Socket);
    for (const each of [child, ...pipes]) {
      if (on) each.ref();
      else each.unref();
    }
  }
}

/** Leads a process group of its own, so that the terminal's Ctrl-C reaches this process first. */
function start({ program, args }: Launch): ChildProcessWithoutNullStreams | null {
  try {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], detached: true, windowsHide: true });
    if (living.size === 0) process.on("exit", killAll);
    living.add(child);
    return child;
  } catch {
    return null;
  }
}

function forget(child: ChildProcessWithoutNullStreams): void {
  living.delete(child);
  if (living.size === 0) process.removeListener("exit", killAll);
}

function killAll(): void {
  for (const child of living) child.kill("SIGKILL");
}
