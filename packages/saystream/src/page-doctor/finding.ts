/** What `diagnose()` looks at, in this order. */
export type DoctorCheck = 'secure-context' | 'worklet' | 'worker' | 'autoplay' | 'sample-rate' | 'codecs' | 'relay' | 'socket';

/** The result of one check. */
export interface Finding {
  /** What was looked at. */
  readonly check: DoctorCheck;
  /** `broken`: speech will not be heard. `warning`: it will, but not always, or not as well. `ok`: nothing to do. */
  readonly verdict: 'ok' | 'warning' | 'broken';
  /** What was seen, in one sentence. */
  readonly found: string;
  /** What to change, with the exact directive or header; empty when `ok`. */
  readonly fix: string;
}

export const ok = (check: DoctorCheck, found: string): Finding => ({ check, verdict: 'ok', found, fix: '' });

/** No check may keep the others waiting for longer. */
const checkLimitMs = 4000;

/** `fallback` when `work` takes too long. */
export const within = <T>(work: Promise<T>, fallback: T, limitMs = checkLimitMs): Promise<T> =>
  Promise.race([work, new Promise<T>((resolve) => setTimeout(resolve, limitMs, fallback))]);

/** `url` for a sentence. A bundler may have put a whole file into it. */
export const shownAddress = ({ protocol, href }: URL): string =>
  protocol === 'data:' ? `the data: address of ${href.length} characters` : href;
