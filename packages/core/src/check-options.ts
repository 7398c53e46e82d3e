import { isInPieces } from './stream/text-source.ts';

/**
 * What an option must be: `id` and `text` must be there and not be empty, a `text` may also come in pieces; a pair of
 * numbers is a range, bounds included; a list of words allows these.
 */
export type OptionRule =
  | 'id'
  | 'text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'string'
  | readonly [number, number]
  | readonly string[];

/** Whether a name can be a piece of a path: half a character cannot be written there, and dots would name another path. */
export const isId = (value: unknown): value is string => typeof value === 'string' && !/^\.{0,2}$|\p{Cs}/u.test(value);

/** What is wrong with a value; undefined when nothing is. */
function complaint(value: unknown, rule: OptionRule): string | undefined {
  if (rule === 'text' && isInPieces(value)) return undefined;
  if (rule === 'id' || rule === 'text') {
    if (typeof value !== 'string' || !value) return 'must be a text that is not empty';
    return rule === 'text' || isId(value) ? undefined : 'must be neither dots nor hold half a character: no path can hold it';
  }
  if (value === undefined) return undefined;
  if (rule === 'integer') return Number.isInteger(value) ? undefined : 'must be a whole number';
  if (typeof rule === 'string') return typeof value === rule ? undefined : `must be a ${rule}`;
  const [first, second] = rule;
  if (typeof first === 'string') return rule.includes(value as never) ? undefined : `must be one of ${rule.join(', ')}`;
  const inRange = typeof value === 'number' && value >= first && value <= (second as number);
  return inRange ? undefined : `must be a number from ${first} to ${second}`;
}

/**
 * Checks what cannot be right, before it costs a round trip: types, and ranges that the vendor documents. What the
 * vendor may change, such as the longest text or the names of models, is the vendor's to refuse.
 *
 * @param path put before the name of the option, such as `voiceSettings.`
 * @throws TypeError that names the option
 */
export function checkOptions(options: object, rules: Readonly<Record<string, OptionRule>>, path = ''): void {
  for (const [name, rule] of Object.entries(rules)) {
    const wrong = complaint((options as Record<string, unknown>)[name], rule);
    if (wrong) throw new TypeError(`${path}${name} ${wrong}.`);
  }
}
