import { SpeechError, type SpeechErrorKind } from '@saystream/errors';

/**
 * What is known of one account at one vendor: how many repeats it can still bear, and whether the vendor is up.
 * One value, changed by one pure function.
 */
export interface AccountHealth {
  /** Repeats that may still be made. A repeat costs 1 (after a timeout 2), a success gives 0.1 back. */
  readonly spareRepeats: number;
  /** Calls in a row that failed through the vendor or the network. */
  readonly failures: number;
  /** Nothing is asked before this time, in milliseconds of the clock that `nextHealth` is told. */
  readonly restUntilMs: number;
}

/** What can happen to an account. */
export type HealthEvent =
  | {
      /** `asked`: a call begins. `answered`: it succeeded. */
      readonly type: 'asked' | 'answered';
    }
  | {
      /** `failed`: a call failed for good. `repeated`: a request is sent again. */
      readonly type: 'failed' | 'repeated';
      /** What went wrong. */
      readonly kind: SpeechErrorKind;
    };

const mostSpareRepeats = 10;
/** 0.1 for each success: in the long run at most a tenth of the load is repeats. */
const sparedBySuccess = 0.1;
const firstRestMs = 10_000;
const longestRestMs = 120_000;

/** Where an account starts. */
export const newAccount: AccountHealth = { spareRepeats: mostSpareRepeats, failures: 0, restUntilMs: 0 };

/** They say nothing about the vendor's health: asked to wait, or nobody waited for the answer. */
const saysNothing = /^(aborted|rate-limited|busy|not-ready)$/;
/** The vendor is down or out of reach. Every other failure is an answer, and proves that it is there. */
const isOutage = /^(vendor-fault|un(available|reachable)|connection-lost|timeout)$/;

/** An outage of ours ends without notice, so the rest after it never grows: whoever comes back online is served soon. */
const restMs = (kind: SpeechErrorKind, beyond: number): number =>
  kind === 'unreachable' ? firstRestMs : Math.min(longestRestMs, firstRestMs * 2 ** beyond);

/** The next state. Pure. @param breakerFailures failures in a row after which the account rests */
export function nextHealth(health: AccountHealth, event: HealthEvent, nowMs: number, breakerFailures: number): AccountHealth {
  switch (event.type) {
    case 'asked':
      // After a rest one call goes ahead as a probe; the others wait for what it finds.
      return health.failures < breakerFailures ? health : { ...health, restUntilMs: nowMs + firstRestMs };
    case 'answered':
      return {
        spareRepeats: Math.min(mostSpareRepeats, health.spareRepeats + sparedBySuccess),
        failures: 0,
        restUntilMs: 0,
      };
    case 'repeated':
      return { ...health, spareRepeats: health.spareRepeats - (event.kind === 'timeout' ? 2 : 1) };
    case 'failed': {
      if (saysNothing.test(event.kind)) return health;
      if (!isOutage.test(event.kind)) return { ...health, failures: 0, restUntilMs: 0 };
      const failures = health.failures + 1;
      const rests = failures >= breakerFailures;
      return { ...health, failures, restUntilMs: rests ? nowMs + restMs(event.kind, failures - breakerFailures) : 0 };
    }
  }
}

/** The health of one client's account, shared by all of its calls. */
export interface Account {
  /** As it is now. */
  readonly health: AccountHealth;
  /** Asks whether a call may begin. While the account rests it gets an `unavailable` error: nothing is sent. */
  ask(): SpeechError | undefined;
  /** Tells how a call ended, or that a request is repeated. */
  tell(event: HealthEvent): void;
}

/** Keeps the health of one account. */
export function createAccount(vendor: string, breakerFailures: number, now: () => number = () => performance.now()): Account {
  let health = newAccount;
  return {
    get health() {
      return health;
    },
    ask() {
      const retryAfterMs = Math.ceil(health.restUntilMs - now());
      if (retryAfterMs > 0) {
        const message = `Not asked: it failed ${health.failures} times in a row.`;
        return new SpeechError({ kind: 'unavailable', vendor, message, retryAfterMs, billed: 'no' });
      }
      health = nextHealth(health, { type: 'asked' }, now(), breakerFailures);
      return undefined;
    },
    tell(event) {
      health = nextHealth(health, event, now(), breakerFailures);
    },
  };
}
