/** A mistake in what was typed or configured: printed as it is, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Exit codes, the same for every command. */
export const EXIT = { clean: 0, findings: 1, usage: 2, internal: 3, interrupted: 130 } as const;
