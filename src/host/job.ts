/**
 * Work on many files, one at a time and each by itself, that can be done in any thread. Files are named by their path
 * relative to the root; the work reads them.
 */
export interface FileJob<Settings, Result> extends ResultForm<Result> {
  /** Called once in every thread that takes part; what it returns is called once per file. */
  begin(root: string, settings: Settings): (path: string) => Result;
}

/** What those need to know of a job who only take its results. */
export interface ResultForm<Result> {
  /** The result of a file whose analysis broke off. */
  broken(path: string, why: string): Result;
  /** Whether something that came from another thread is a result: what is cloned has lost its type. */
  isResult(value: unknown): value is Result;
}

export interface Work<Settings, Result> {
  /** URL of a module whose default export is the job. */
  module: URL;
  /** Imports it; called only where no thread does the work, since loading costs as much as some megabytes of work. */
  load: () => Promise<FileJob<Settings, Result>>;
  form: ResultForm<Result>;
  /** Sent to threads: plain data. */
  settings: Settings;
  /** Whether there is so much to do that starting threads saves time. */
  large: boolean;
}

/** The file's result, or that of a broken analysis: one file never costs the others. */
export function attemptFile<Settings, Result>(
  job: FileJob<Settings, Result>,
  work: (path: string) => Result,
  path: string,
): Result {
  try {
    return work(path);
  } catch (caught) {
    return job.broken(path, caught instanceof Error ? `${caught.name}: ${caught.message}` : String(caught));
  }
}

/** What a thread has to know once about a run. */
export interface Briefing {
  /** URL of a module whose default export is a `FileJob`. */
  module: string;
  root: string;
  settings: unknown;
}

/** What the pool tells a thread: the files to do now. */
export interface Order {
  /** Given with the first order of a run; null as long as the last one holds. */
  briefing: Briefing | null;
  files: readonly string[];
}

export interface Answer {
  /** In the order of the files. */
  results: unknown[];
}

/** Cells of the memory that a thread shares with the pool: how many orders it has begun, the position of the file it is at in the last of them, and a count of files begun. */
export const PULSE_ORDER = 0;
export const PULSE_FILE = 1;
export const PULSE_COUNT = 2;
export const PULSE_CELLS = 3;
