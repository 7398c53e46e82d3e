import { literal, numbered, type ScenarioRow } from '../scenario-row.ts';

/** What can be set of the emulated Moknah alone. */
export interface MoknahKnobs {
  /** How long a synthesis takes. Default: the sound's duration at the emulator's rate, 50 ms to 5 s. */
  readonly latencyMs?: number;
  /** The slot stays taken for so long after the client has left. */
  readonly holdMs?: number;
  /** The first syntheses find the slot taken by somebody else. */
  readonly busy?: number;
  /** Credits of the account. */
  readonly credits?: number;
  /** How errors are wrapped. Default: with `success: false`. */
  readonly envelope?: 'bare' | 'python' | 'odd-details' | 'ok-status';
  /** What the address without its last slash gives. Default: the same. */
  readonly slash?: 'redirect' | 'missing';
  readonly voices?: 'odd' | 'none';
  readonly resetDelta?: boolean;
  readonly retryDate?: boolean;
  readonly hideHeaders?: boolean;
  readonly noLimits?: boolean;
  readonly wrongType?: boolean;
  readonly halfSample?: boolean;
  /** The body of the request is checked before the slot. */
  readonly bodyFirst?: boolean;
}

const set = (name: string, description: string, moknah: MoknahKnobs): ScenarioRow =>
  literal(name, `Moknah: ${description}`, { moknah });

/** Scenarios of Moknah alone. Their names begin with `moknah-`. */
export const moknahScenarios: readonly ScenarioRow[] = [
  numbered('moknah-latency-<ms>', 100, 'Moknah: a synthesis takes so long.', (latencyMs) => ({ moknah: { latencyMs } })),
  numbered('moknah-hold-<ms>', 500, 'Moknah: the slot stays taken for so long after the client has left.', (holdMs) => ({
    moknah: { holdMs },
  })),
  numbered('moknah-busy-<n>', 2, 'Moknah: the first n syntheses of this key are 409.', (busy) => ({ moknah: { busy } })),
  numbered('moknah-credits-<n>', 50, 'Moknah: the account has so many credits.', (credits) => ({ moknah: { credits } })),
  set('moknah-no-success', 'errors come without success, as in most of the vendor’s samples.', { envelope: 'bare' }),
  set('moknah-python-false', 'errors begin with "success": False, as in the vendor’s first sample.', { envelope: 'python' }),
  set('moknah-odd-details', 'the details of errors have other types.', { envelope: 'odd-details' }),
  set('moknah-success-false-200', 'errors come with status 200.', { envelope: 'ok-status' }),
  set('moknah-slash-redirect', 'without its last slash the address is redirected.', { slash: 'redirect' }),
  set('moknah-slash-404', 'without its last slash the address is unknown.', { slash: 'missing' }),
  set('moknah-odd-voices', 'some voices lack a member, or have their id as text.', { voices: 'odd' }),
  set('moknah-no-voices', 'there are no voices.', { voices: 'none' }),
  set('moknah-reset-delta', 'RateLimit-Reset is in seconds from now.', { resetDelta: true }),
  set('moknah-retry-date', 'Retry-After is a date.', { retryDate: true }),
  set('moknah-hide-headers', 'none of the five headers is there, and no Retry-After.', { hideHeaders: true }),
  set('moknah-no-limits', 'the minute is counted and shown, not enforced.', { noLimits: true }),
  set('moknah-wrong-type', 'audio is sent as text/plain.', { wrongType: true }),
  set('moknah-half-sample', 'samples end in the middle of one.', { halfSample: true }),
  set('moknah-body-first', 'the body of a request is checked before the slot.', { bodyFirst: true }),
];
