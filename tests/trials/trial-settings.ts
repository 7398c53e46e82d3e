/** A whole number from the environment. */
function numberFrom(name: string, otherwise: number): number {
  const text = process.env[name];
  if (!text) return otherwise;
  if (!/^\d{1,7}$/.test(text)) throw new TypeError(`${name} must be a whole number, not ${text}`);
  return Number(text);
}

/** Calls per vendor. The ordinary run makes a tenth of `pnpm trials`. */
export const trialCalls = numberFrom('SAYSTREAM_TRIALS', 1_000);

/** Every fault follows from it; failures print it. */
export const trialSeed = numberFrom('SAYSTREAM_SEED', 1);

/** What a failure shows, so that it can be seen again. */
export const howToRepeat = `SAYSTREAM_SEED=${trialSeed} SAYSTREAM_TRIALS=${trialCalls}`;

/** Does `work` for 0 … count − 1, so many at a time. */
export async function inLanes(count: number, lanes: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Counts by name. */
export function createTally(): { add(name: string): void; readonly counts: Readonly<Record<string, number>> } {
  const counts: Record<string, number> = {};
  return { counts, add: (name) => void (counts[name] = (counts[name] ?? 0) + 1) };
}
