import type { HttpFault } from './http-faults.ts';

/** How often each fault is drawn, out of the sum; about half of the requests go well. */
const weights: Readonly<Partial<Record<HttpFault | 'none', number>>> = {
  none: 50,
  'drop-request': 5,
  'refuse-429': 6,
  'refuse-500': 4,
  'refuse-503': 3,
  'drop-answer': 7,
  'accepted-then-500': 6,
  'accepted-then-502': 4,
  'accepted-then-503': 2,
  'cut-body': 5,
  'cut-chunked': 2,
  'short-body': 2,
  'html-200': 2,
  'truncated-json': 2,
  'empty-200': 2,
  'wrong-type': 2,
};
const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);

/** Numbers in [0, 1) from a seed (mulberry32): the same seed misbehaves in the same way. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws a fault for each request. */
export function createChaos(seed: number): () => HttpFault | undefined {
  const random = seededRandom(seed);
  return () => {
    let left = random() * total;
    for (const [name, weight] of Object.entries(weights)) {
      left -= weight;
      if (left < 0) return name === 'none' ? undefined : (name as HttpFault);
    }
    return undefined;
  };
}
