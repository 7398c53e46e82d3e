/** Chooses one of a list, again and again, and in the same way for the same seed (xorshift32). */
export function seededChoice(seed: number): <T>(of: readonly T[]) => T {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0 || 1;
  return (of) => {
    for (let times = 0; times < 4; times += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state = (state ^ (state << 5)) >>> 0;
    }
    return of[state % of.length]!;
  };
}
