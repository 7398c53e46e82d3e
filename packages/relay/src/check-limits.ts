import { defaultLimits, type CharacterLimit, type RelayLimits } from './relay-options.ts';

/** The longest that `setTimeout` can wait; a longer timer fires at once. */
const longestTimerMs = 2 ** 31 - 1;
const isTime = (name: string): boolean => name.endsWith('Ms');

/** Edits that make one name of another. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let at = 1; at <= a.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= b.length; to += 1) {
      const isSame = a[at - 1]?.toLowerCase() === b[to - 1]?.toLowerCase();
      next.push(Math.min(row[to]! + 1, next[to - 1]! + 1, row[to - 1]! + (isSame ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The known name that was probably meant, as a question; a list of all when none is near. */
function meant(name: string, known: readonly string[]): string {
  // A long name would take long to compare, and is like none.
  const near = name.length > 60 ? [] : known.map((each) => ({ each, edits: distance(name, each) }));
  const [best] = near.toSorted((a, b) => a.edits - b.edits);
  return best && best.edits <= 4 ? `Did you mean ${best.each}?` : `The names are: ${known.join(', ')}.`;
}

function problemWithNumber(name: string, value: unknown, mostMs = longestTimerMs): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
    return `limits.${name} must be a number above 0, not ${described(value)}.`;
  }
  if (isTime(name) && value > mostMs) return `limits.${name} may be ${mostMs} at most: a timer waits no longer.`;
  return undefined;
}

/** A value as messages show it. */
function described(value: unknown): string {
  const text = typeof value === 'number' || value === undefined ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function problemWithCharacters(name: string, value: unknown, shape: CharacterLimit): string | undefined {
  const members = Object.keys(shape);
  const wanted = `{ ${members.join(', ')} }, such as ${JSON.stringify(shape)}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `limits.${name} must be ${wanted}, not ${described(value)}.`;
  }
  for (const member of Object.keys(value)) {
    if (!members.includes(member))
      return `limits.${name}.${member.slice(0, 60)} is not a known member. ${meant(member, members)}`;
  }
  for (const member of members) {
    // The window is a span of the store's clock, not a timer.
    const problem = problemWithNumber(`${name}.${member}`, (value as Record<string, unknown>)[member], Number.MAX_SAFE_INTEGER);
    if (problem) return `${problem} The limit is ${wanted}.`;
  }
  return undefined;
}

/**
 * Finds what is wrong with limits, judged by the shapes of {@link defaultLimits}. Members that are undefined count as absent.
 *
 * @returns a sentence, or undefined
 */
export function problemWithLimits(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  const known = Object.keys(defaultLimits);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return `limits must be an object of limits: ${known.join(', ')}.`;
  }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaultLimits, name)) return `limits.${name.slice(0, 60)} is not a known limit. ${meant(name, known)}`;
    if (value === undefined) continue;
    const shape = defaultLimits[name as keyof RelayLimits];
    const problem = typeof shape === 'object' ? problemWithCharacters(name, value, shape) : problemWithNumber(name, value);
    if (problem) return problem;
  }
  return undefined;
}

/** @throws TypeError for what is not a limit */
export function checkLimits(given: Partial<RelayLimits> | undefined): RelayLimits {
  const problem = problemWithLimits(given);
  if (problem) throw new TypeError(`createRelay: ${problem}`);
  const present = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaultLimits, ...Object.fromEntries(present) };
}
