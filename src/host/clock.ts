/** Today in UTC as YYYY-MM-DD: the only look at the clock that a verdict may depend on. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
