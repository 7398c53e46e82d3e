import { parseHttpDate } from './http-date.ts';

/**
 * Returns when a call began by the clock of the server that sent these headers, in milliseconds since 1970 and at most a second
 * and the answer's travel too early. The caller's own clock counts only when the answer has no readable `Date`, as in browsers,
 * which hide it.
 *
 * @param beganMs when it began, by `performance.now()`
 */
export const beganByServer = (headers: Headers, beganMs: number): number =>
  (parseHttpDate(headers.get('date') ?? '') || Date.now()) - (performance.now() - beganMs);

const hasZone = /(z|[+-]\d\d:?\d\d)$/i;
/** Vendors cut their times to whole seconds. */
const wholeSecondMs = 1_000;

/**
 * Whether a job was made after a call began. A time without a zone is UTC. False for a job without a readable time.
 *
 * @param madeAt ISO 8601, as a vendor says it
 * @param beganAtMs by the vendor's clock, from `beganByServer`
 */
export const isMadeSince = (madeAt: unknown, beganAtMs: number): boolean =>
  typeof madeAt === 'string' && Date.parse(hasZone.test(madeAt) ? madeAt : `${madeAt}Z`) >= beganAtMs - wholeSecondMs;
