import { availableParallelism, totalmem } from "node:os";
import type { AlloyAnswer, AlloyModule, AlloyOptions, AlloyQuestion, AlloyReading } from "../../model/alloy.js";
import type { Ending, Launch } from "./machine.js";
import { Machine } from "./machine.js";
import { replySchemas } from "./protocol.js";

/** What is asked of one module: its outline, or a question about it. */
export interface Task {
  module: AlloyModule;
  /** Names the module's texts. */
  digest: string;
  timeoutMs: number;
  question: { question: AlloyQuestion; options: AlloyOptions } | null;
  signal?: AbortSignal | undefined;
}

/** What came of it. What is not `lasting` may come out differently another time: it was the surroundings' doing. */
export interface Reply {
  answer: AlloyAnswer | AlloyReading;
  lasting: boolean;
}

export interface PoolOptions {
  /** How the process number n is started. */
  launch(number: number): Launch;
  /** Processes at once. */
  most: number;
  /** Bound of the memory that models and solving take, in a message. */
  memoryMb: number;
  /** Why none can be started, when that is known beforehand. */
  unavailable?: string;
}

interface Job {
  task: Task;
  /** It has ended a process before that had answered others: it is asked once more, of a fresh one. */
  suspect: boolean;
  done(reply: Reply): void;
  fail(reason: unknown): void;
  stopListening(): void;
}

interface Member {
  machine: Machine;
  job: Job | null;
  /** Digests of the modules it holds, the least recently used first. */
  held: string[];
  answered: number;
  state: "starting" | "ready" | "gone";
}

/** Modules a process keeps parsed. */
const MOST_HELD = 8;

/** Waiting jobs among which one for a module that a free process holds is looked for. */
const LOOK_AHEAD = 256;

const EXIT_MEMORY = 3;

/** As many as there are cores, and as fit into half of the memory of this machine. */
export function mostMachines(memoryMb: number): number {
  const fit = Math.floor(totalmem() / 2 / (memoryMb * 1024 * 1024));
  return Math.max(1, Math.min(availableParallelism(), fit));
}

/**
 * Processes of the engine that share a queue. They are started when there is work for them. A task that takes too long or
 * brings its process down is answered by that, the process replaced, and no other task affected.
 */
export class Pool {
  private readonly options: PoolOptions;
  private readonly members = new Set<Member>();
  private readonly queue: Job[] = [];
  private started = 0;
  /** Why no process can be started: true of all that follow. */
  private unavailable: string | null = null;
  private closed = false;

  constructor(options: PoolOptions) {
    this.options = options;
    this.unavailable = options.unavailable ?? null;
  }

  /** Rejects only with the reason of the task's signal. */
  run(task: Task): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const { signal } = task;
      if (signal?.aborted === true) return reject(signal.reason);
      const job: Job = { task, suspect: false, done: resolve, fail: reject, stopListening: () => undefined };
      const onAbort = () => this.abandon(job, signal?.reason);
      signal?.addEventListener("abort", onAbort, { once: true });
      job.stopListening = () => signal?.removeEventListener("abort", onAbort);
      this.queue.push(job);
      this.assign();
    });
  }

  /** Ends every process. What is still waiting is answered by that. */
  async close(): Promise<void> {
    this.closed = true;
    this.unavailable ??= "The engine was closed";
    this.assign();
    const members = [...this.members];
    await Promise.all(
      members.map(async (member) => {
        if (member.job !== null) member.machine.kill();
        await member.machine.close();
      }),
    );
  }

  private assign(): void {
    if (this.unavailable !== null) {
      for (const job of this.queue.splice(0)) this.reply(job, unavailable(this.unavailable), false);
      return;
    }
    for (const member of this.members) if (member.state === "ready" && member.job === null) this.give(member);
    let starting = [...this.members].filter((each) => each.state === "starting").length;
    while (this.queue.length > starting && this.members.size < this.options.most) {
      this.hire();
      starting += 1;
    }
  }

  private hire(): void {
    const machine = new Machine(this.options.launch(this.started));
    this.started += 1;
    const member: Member = { machine, job: null, held: [], answered: 0, state: "starting" };
    this.members.add(member);
    void machine.ready.then((ending) => {
      if (ending === null) {
        member.state = "ready";
      } else {
        this.dismiss(member);
        // One that can never start would be tried forever; one that is killed while closing has no say.
        if (!this.closed) this.unavailable ??= startFailure(ending);
      }
      this.assign();
    });
  }

  private dismiss(member: Member): void {
    member.state = "gone";
    this.members.delete(member);
  }

  private give(member: Member): void {
    const at = this.queue.slice(0, LOOK_AHEAD).findIndex(({ task }) => member.held.includes(task.digest));
    const [job] = this.queue.splice(Math.max(0, at), 1);
    if (job === undefined) return;
    member.job = job;
    void this.carryOut(member, job);
  }

  private async carryOut(member: Member, job: Job): Promise<void> {
    const { task } = job;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      member.machine.kill();
    }, task.timeoutMs);
    const outcome = await member.machine.ask(requestOf(member, task));
    clearTimeout(timer);
    member.job = null;
    if ("result" in outcome) {
      member.answered += 1;
      this.deliver(member, job, outcome.result);
    } else {
      this.dismiss(member);
      if (timedOut) this.reply(job, { status: "timeout", afterMs: task.timeoutMs }, false);
      else this.lose(member, job, outcome);
    }
    this.assign();
  }

  private deliver(member: Member, job: Job, result: unknown): void {
    const schema = job.task.question === null ? replySchemas.reading : replySchemas.answer;
    const parsed = schema.safeParse(result);
    if (parsed.success) {
      this.reply(job, parsed.data, true);
      return;
    }
    this.dismiss(member);
    member.machine.kill();
    this.lose(member, job, {
      why: "garbage",
      exitCode: null,
      signal: null,
      said: JSON.stringify(result).slice(0, 200),
    });
  }

  /** A process ended under a job. It may have been what the jobs before left behind, so the job gets a second one. */
  private lose(member: Member, job: Job, ending: Ending): void {
    if (!this.queued(job)) return;
    if (!job.suspect && member.answered > 0 && !this.closed) {
      job.suspect = true;
      this.queue.unshift(job);
      return;
    }
    this.reply(job, failure(ending, this.options.memoryMb), false);
  }

  /** False for a job that was given up. */
  private queued(job: Job): boolean {
    return job.task.signal?.aborted !== true;
  }

  private abandon(job: Job, reason: unknown): void {
    job.stopListening();
    const at = this.queue.indexOf(job);
    if (at >= 0) this.queue.splice(at, 1);
    for (const member of this.members) if (member.job === job) member.machine.kill();
    job.fail(reason);
  }

  private reply(job: Job, answer: Reply["answer"], lasting: boolean): void {
    job.stopListening();
    job.done({ answer, lasting });
  }
}

/** What is sent: the texts only when the process does not have them, and what it is to forget to make room. */
function requestOf(member: Member, { module, digest, question }: Task): Record<string, unknown> {
  const isHeld = member.held.includes(digest);
  member.held = [...member.held.filter((each) => each !== digest), digest];
  const forget = member.held.splice(0, Math.max(0, member.held.length - MOST_HELD));
  return {
    module: digest,
    load: isHeld ? null : { root: module.root, files: module.files },
    forget,
    question: question?.question ?? null,
    options: question?.options ?? null,
  };
}

function unavailable(reason: string): AlloyAnswer & AlloyReading {
  return { status: "unavailable", reason };
}

function startFailure({ said, exitCode }: Ending): string {
  if (said.includes("UnsupportedClassVersionError")) return "Unexpected version of Java, expected 17 or later";
  const lines = said.split("\n").map((line) => line.trim());
  const detail = lines
    .filter((line) => line !== "")
    .slice(0, 2)
    .join("; ");
  return `Unexpected end of Java at its start (${detail === "" ? `exit ${exitCode}` : detail}), expected it to run the Alloy jar`;
}

function failure({ why, exitCode, signal, said }: Ending, memoryMb: number): AlloyAnswer & AlloyReading {
  if (exitCode === EXIT_MEMORY || said.includes("OutOfMemoryError")) {
    return {
      status: "error",
      message: `Unexpected need of more than ${memoryMb} MB of memory, expected it to fit (alloy.memoryMb)`,
      place: null,
    };
  }
  const how = why === "garbage" ? `it printed ${JSON.stringify(said.slice(0, 80))}` : (signal ?? `exit ${exitCode}`);
  return { status: "error", message: `Unexpected end of the Alloy process (${how}), expected an answer`, place: null };
}
