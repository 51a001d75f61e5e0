/** Today in UTC as YYYY-MM-DD: the only look at the clock that a verdict may depend on. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A time of RFC 3339 in UTC, to the second; null for what is none, such as the 30th of February. */
export function utcTime(text: string): string | null {
  const milliseconds = TIMESTAMP.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) return null;
  const day = Number(text.slice(8, 10));
  const daysOfMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day <= daysOfMonth ? utcOf(milliseconds / 1000) : null;
}

/** Seconds since 1970 as a time of RFC 3339; null for what is no such count. */
export function utcTimeOfSeconds(text: string): string | null {
  return /^\d{1,11}$/.test(text) ? utcOf(Number(text)) : null;
}

function utcOf(seconds: number): string {
  return new Date(Math.floor(seconds) * 1000).toISOString().replace(".000", "");
}
