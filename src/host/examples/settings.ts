export interface RunSettings {
  /** Absolute. */
  root: string;
  /** Of each example. */
  timeoutSeconds: number;
  signal?: AbortSignal | undefined;
}

/** The program that runs a language is not there, or does not start. */
export class MissingProgram extends Error {
  override name = "MissingProgram";
  readonly program: string;

  constructor(program: string, why: string) {
    super(why);
    this.program = program;
  }
}
