import { Cron } from "croner";
import { NEVER } from "./instant.js";
import type { Instant, Schedule } from "./model.js";

const NUMBER_OR_NAME = String.raw`(?:\d{1,4}|[A-Za-z]{3})`;
const ITEM = String.raw`(?:\*|${NUMBER_OR_NAME}(?:-${NUMBER_OR_NAME})?)(?:/\d{1,4})?`;
const FIELD = `${ITEM}(?:,${ITEM})*`;

/** Five or six fields of numbers, names, lists, ranges and steps. No nicknames, years, `L`, `W`, `#`, `?` or instants. */
const EXPRESSION = new RegExp(String.raw`^${FIELD}(?:[ \t]+${FIELD}){4,5}$`);

const LONGEST_EXPRESSION = 1000;

/** Instants that the calendar can name. */
const FIRST_INSTANT = 0;
const LAST_INSTANT = 8.64e15;

/** Expressions that were read before: reading one costs more than asking it. Emptied when full. */
const read = new Map<string, Cron>();
const MOST_READ = 256;

/** Whether the expression can be read and has an occurrence after `now`. */
export function isCalendar(cron: string, now: Instant): boolean {
  return cron.length <= LONGEST_EXPRESSION && EXPRESSION.test(cron) && readable(cron) && nextAfter(cron, now) !== NEVER;
}

/**
 * The first occurrence strictly after an instant, in UTC; `NEVER` if there is none before the year 3000, where the
 * calendar ends. Throws for an expression that `isCalendar` refuses.
 */
export function nextAfter(cron: string, instant: Instant): Instant {
  if (instant < FIRST_INSTANT || instant > LAST_INSTANT) return NEVER;
  return calendarOf(cron).nextRun(new Date(instant))?.getTime() ?? NEVER;
}

/**
 * The instants at which the schedule has to fire: all occurrences from `nextRunAt` to `now`, both included, in order, but
 * at most `bound` of them.
 */
export function dueOccurrences(schedule: Schedule, now: Instant, bound: number): Instant[] {
  const due: Instant[] = [];
  for (let t = schedule.nextRunAt; t <= now && due.length < bound; t = nextAfter(schedule.cron, t)) due.push(t);
  return due;
}

function readable(cron: string): boolean {
  try {
    calendarOf(cron);
    return true;
  } catch {
    return false;
  }
}

function calendarOf(cron: string): Cron {
  const known = read.get(cron);
  if (known !== undefined) return known;
  const made = new Cron(cron, { mode: "5-or-6-parts", utcOffset: 0 });
  if (read.size >= MOST_READ) read.clear();
  read.set(cron, made);
  return made;
}
