/**
 * A small seeded generator of numbers: equal seeds give equal sequences on every machine. Algorithm: Mulberry32 (Tommy
 * Ettinger, public domain). Good enough to vary text, and for nothing else.
 *
 * @param {number} seed 32-bit integer
 * @param {string} stream name of the part it is for, so that one part's draws never shift another's
 */
export function seeded(seed, stream) {
  let state = seed >>> 0;
  for (let i = 0; i < stream.length; i++) state = Math.imul(state ^ stream.charCodeAt(i), 0x9e3779b1) >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  /** Integer from `low` to `high`, both included. */
  const between = (low, high) => low + Math.floor(fraction() * (high - low + 1));
  return {
    fraction,
    between,
    /** True in about `share` (0 to 1) of the draws. */
    chance: (share) => fraction() < share,
    /** One element of a non-empty array. */
    pick: (list) => list[between(0, list.length - 1)],
  };
}
