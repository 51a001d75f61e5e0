import { FAULT_SITES } from "./run.js";

/**
 * Draws that depend on nothing but (seed, process, site, n): each is a hash of these four. No draw moves another, so that
 * one fault can be suppressed while every other draw stays what it was. 32-bit integers only, the same on every engine.
 */

const SALT = 0x9e3779b9;

/** Mixing step and finalizer of MurmurHash3 (Austin Appleby, public domain). Unsigned 32 bits. */
export function mix(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593);
  h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const FIRST_FREE = 2 * FAULT_SITES.length;

/** What is drawn besides faults. Sites of faults have the numbers below, each once for whether and once for how much. */
export const DRAWN = {
  swarm: FIRST_FREE,
  order: FIRST_FREE + 1,
  priority: FIRST_FREE + 2,
  latency: FIRST_FREE + 3,
  workload: FIRST_FREE + 4,
  replica: FIRST_FREE + 5,
  consumer: FIRST_FREE + 6,
  pace: FIRST_FREE + 7,
  crowd: FIRST_FREE + 8,
} as const;

/** The draws of one process at one site, in order. */
export class Stream {
  /** How many were drawn. */
  drawn = 0;
  readonly #key: number;

  constructor(seed: number, host: number, site: number) {
    this.#key = mix(mix(mix(SALT, seed), host), site);
  }

  /** The draw with this number, unsigned 32 bits. */
  at(n: number): number {
    return mix(this.#key, n);
  }

  next(): number {
    return mix(this.#key, this.drawn++);
  }

  /** An integer from 0 to `bound` - 1; `bound` is at most 2^21, which keeps the product exact. */
  below(bound: number): number {
    return Math.floor((this.next() * bound) / 4294967296);
  }
}

/** An integer from 0 to `bound` - 1 out of a draw. */
export function scaled(draw: number, bound: number): number {
  return Math.floor((draw * bound) / 4294967296);
}
