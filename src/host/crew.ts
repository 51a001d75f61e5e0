import { Worker } from "node:worker_threads";
import type { Answer, Briefing, Order, Work } from "./job.js";
import { PULSE_CELLS, PULSE_COUNT, PULSE_FILE, PULSE_ORDER } from "./job.js";

export interface CrewOptions {
  root: string;
  threads: number;
  worker: URL;
  stallMs: number;
  threadMemoryMb: number;
}

/** Some files of a run that are done together. */
interface Task {
  run: Run;
  /** Positions of the files in the run. */
  positions: readonly number[];
  /** The file took a thread down before: it is done alone, and a second time is the last. */
  suspect: boolean;
}

interface Run {
  briefing: Briefing;
  files: readonly string[];
  take(position: number, result: unknown): void;
  broken(position: number, why: string): void;
  fail(reason: unknown): void;
}

interface Member {
  thread: Worker;
  pulse: Int32Array;
  /** What it was told to do and has not answered, in order. */
  tasks: Task[];
  /** How many orders it has answered. */
  answered: number;
  /** The run it was briefed for last. */
  run: Run | null;
  /** Count of files begun when the watch last looked, and since when it has been that. */
  seen: { count: number; since: number };
  stalled: boolean;
}

/** Tasks each thread gets on average: enough to even out, few enough to be cheap. */
const TASKS_PER_THREAD = 16;

const MOST_FILES_PER_TASK = 256;

/** Orders that a thread has at a time, so that it can go on while this one is busy. */
const ORDERS_AHEAD = 4;

/** A thread could not be started, or not load its job. */
export class ThreadFailure extends Error {
  override readonly name = "ThreadFailure";
}

/** Threads that share a queue of tasks. Starts them when there is work and replaces those that break down. */
export class Crew {
  private readonly options: CrewOptions;
  private readonly members = new Set<Member>();
  private readonly queue: Task[] = [];
  private readonly runs = new Set<Run>();
  private watch: NodeJS.Timeout | null = null;

  constructor(options: CrewOptions) {
    this.options = options;
  }

  run<Settings, Result>(work: Work<Settings, Result>, files: readonly string[]): Promise<Result[]> {
    return new Promise((resolve, reject) => {
      if (files.length === 0) {
        resolve([]);
        return;
      }
      const briefing = { module: work.module.href, root: this.options.root, settings: work.settings };
      const run = newRun(
        work,
        briefing,
        files,
        (results) => {
          this.runs.delete(run);
          resolve(results);
        },
        reject,
      );
      this.runs.add(run);
      const size = Math.ceil(files.length / (this.options.threads * TASKS_PER_THREAD));
      const perTask = Math.min(size, MOST_FILES_PER_TASK);
      for (let start = 0; start < files.length; start += perTask) {
        const count = Math.min(perTask, files.length - start);
        this.queue.push({ run, positions: Array.from({ length: count }, (_, at) => start + at), suspect: false });
      }
      this.assign();
    });
  }

  /** Gives up all work; every run rejects with the reason. */
  abort(reason: unknown): void {
    for (const run of this.runs) run.fail(reason);
    this.runs.clear();
    void this.dismiss();
  }

  async dismiss(): Promise<void> {
    this.queue.length = 0;
    if (this.watch !== null) clearInterval(this.watch);
    this.watch = null;
    const members = [...this.members];
    this.members.clear();
    await Promise.all(members.map(({ thread }) => thread.terminate()));
  }

  private assign(): void {
    // One that was ended for its stall may still have answered what came before; it takes no more.
    for (const member of this.members) if (member.tasks.length === 0 && !member.stalled) this.order(member);
    while (this.queue.length > 0 && this.members.size < this.options.threads) this.order(this.hire());
    // The last tasks wait for whoever is free first.
    const reserve = this.members.size * 2;
    for (let ahead = 1; ahead < ORDERS_AHEAD; ahead++) {
      for (const member of this.members) {
        const isDue = member.tasks.length === ahead && !member.stalled;
        if (isDue && this.queue.length > reserve) this.order(member);
      }
    }
  }

  private hire(): Member {
    const memory = new SharedArrayBuffer(PULSE_CELLS * Int32Array.BYTES_PER_ELEMENT);
    const thread = new Worker(this.options.worker, {
      workerData: memory,
      resourceLimits: { maxOldGenerationSizeMb: this.options.threadMemoryMb },
      // Output of a thread would be output of the tool, which only the command line prints.
      stdout: true,
      stderr: true,
    });
    const member: Member = {
      thread,
      pulse: new Int32Array(memory),
      tasks: [],
      answered: 0,
      run: null,
      seen: { count: 0, since: performance.now() },
      stalled: false,
    };
    this.members.add(member);
    thread.on("message", (answer: Answer) => this.accept(member, answer));
    let failure = "";
    thread.on("error", (error) => {
      failure = error.message;
    });
    thread.on("exit", (code) => this.replace(member, failure === "" ? `the thread ended with code ${code}` : failure));
    this.watch ??= setInterval(() => this.lookForStalls(), Math.min(1000, this.options.stallMs / 2)).unref();
    return member;
  }

  private order(member: Member): void {
    const task = this.queue.shift();
    if (task === undefined) return;
    const { run, positions } = task;
    member.tasks.push(task);
    const order: Order = {
      briefing: member.run === run ? null : run.briefing,
      files: positions.map((position) => run.files[position] ?? ""),
    };
    member.run = run;
    // Only a thread at work keeps the process from ending.
    member.thread.ref();
    member.thread.postMessage(order);
  }

  private accept(member: Member, { results }: Answer): void {
    const task = member.tasks.shift();
    if (task === undefined) return;
    member.answered += 1;
    if (member.tasks.length === 0) member.thread.unref();
    task.positions.forEach((position, at) => {
      task.run.take(position, results[at]);
    });
    this.assign();
  }

  /** After a thread ended: the file it was at is to blame, the others of its tasks go back to the queue. */
  private replace(member: Member, why: string): void {
    if (!this.members.delete(member)) return;
    const at = taskAtWork(member);
    const tasks = member.tasks;
    // An answer that is still on its way comes too late.
    member.tasks = [];
    const task = tasks[Math.max(0, at)];
    if (task !== undefined) {
      this.queue.unshift(...tasks.filter((each) => each !== task));
      if (at < 0 && member.stalled) this.queue.unshift(task);
      else if (at < 0) {
        // Nothing was tried: the thread cannot start or load its job, and neither could another one.
        task.run.fail(
          new ThreadFailure(`Unexpected end of a thread before its first file (${why}), expected it to start`),
        );
        this.runs.delete(task.run);
        this.drop(task.run);
      } else {
        this.blame(task, Atomics.load(member.pulse, PULSE_FILE), member.stalled, why);
      }
    }
    this.assign();
  }

  private blame(task: Task, at: number, stalled: boolean, why: string): void {
    const { run, positions } = task;
    const culprit = positions[at];
    const others = positions.filter((position) => position !== culprit);
    if (others.length > 0) this.queue.unshift({ run, positions: others, suspect: false });
    if (culprit === undefined) return;
    // A breakdown may have come from what went before, so the file gets a thread of its own; a stall was its own doing.
    if (stalled || task.suspect) run.broken(culprit, stalled ? `no end after ${this.options.stallMs} ms` : why);
    else this.queue.unshift({ run, positions: [culprit], suspect: true });
  }

  private drop(run: Run): void {
    const others = this.queue.filter((task) => task.run !== run);
    this.queue.splice(0, this.queue.length, ...others);
  }

  private lookForStalls(): void {
    const now = performance.now();
    for (const member of this.members) {
      const count = Atomics.load(member.pulse, PULSE_COUNT);
      if (taskAtWork(member) < 0 || count !== member.seen.count) member.seen = { count, since: now };
      else if (now - member.seen.since > this.options.stallMs && !member.stalled) {
        member.stalled = true;
        void member.thread.terminate();
      }
    }
  }
}

/** The position among its tasks of the one that the thread is at; -1 when it has begun none of them. */
function taskAtWork({ pulse, answered, tasks }: Member): number {
  const at = Atomics.load(pulse, PULSE_ORDER) - answered - 1;
  return at < tasks.length ? at : -1;
}

function newRun<Settings, Result>(
  { form }: Work<Settings, Result>,
  briefing: Briefing,
  files: readonly string[],
  done: (results: Result[]) => void,
  fail: (reason: unknown) => void,
): Run {
  const results: Result[] = new Array(files.length);
  let left = files.length;
  const take = (position: number, result: Result) => {
    results[position] = result;
    left -= 1;
    if (left === 0) done(results);
  };
  const broken = (position: number, why: string) => take(position, form.broken(files[position] ?? "", why));
  return {
    briefing,
    files,
    take: (position, value) => {
      if (form.isResult(value)) take(position, value);
      else broken(position, "the thread gave no result");
    },
    broken,
    fail,
  };
}
