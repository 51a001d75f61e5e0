import { distance } from "fastest-levenshtein";
import { compareText } from "../../model/span.js";

const MOST = 3;

/** The candidates a person may have meant, nearest first, at most three: within a third of the name's length. */
export function nearest(name: string, candidates: Iterable<string>): string[] {
  const wanted = name.toUpperCase();
  const bound = Math.max(2, Math.floor(wanted.length / 3));
  const near: { candidate: string; steps: number }[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > bound) continue;
    const steps = distance(wanted, candidate.toUpperCase());
    if (steps <= bound) near.push({ candidate, steps });
  }
  near.sort((a, b) => a.steps - b.steps || compareText(a.candidate, b.candidate));
  return near.slice(0, MOST).map((each) => each.candidate);
}
