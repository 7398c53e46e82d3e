/** What became of a try to take something from a window. */
export interface Spent {
  /** Whether it was taken. Nothing is taken in part. */
  readonly taken: boolean;
  /** What is left of the window's amount. */
  readonly left: number;
  /** Until enough is free again, in milliseconds; 0 when taken. */
  readonly retryAfterMs: number;
}

/** How one line lets through. */
export interface LineRule {
  /** So many at a time; each holds a lease of `ttlMs`. */
  readonly slots?: number;
  /** So many in any 60 s. */
  readonly perMinute?: number;
  /** Until a slot that is not renewed is free again. */
  readonly ttlMs: number;
  /** Until a waiting ticket that is not asked about any more is forgotten. Default `ttlMs`. */
  readonly waitMs?: number;
}

/** Where a ticket stands. */
export type Turn =
  | {
      /** It is let through. */
      readonly granted: true;
      /** Grows with every turn of the line: what holds a lower one has been replaced. */
      readonly fence: number;
    }
  | {
      /** It waits. */
      readonly granted: false;
      /** Its place in the line, the running one not counted: 1 is next. */
      readonly position: number;
    };

/**
 * Where the processes of one deployment keep what they must agree on. Each operation is atomic. When the store cannot be
 * reached each rejects, within 2 s, and the relay lets nothing through.
 */
export interface RelayStore {
  /** True for the first caller with this key within `ttlMs`, and for nobody else. */
  once(key: string, ttlMs: number): Promise<boolean>;
  /** Takes `amount` from a sliding window that holds `limit`; a negative amount gives back. */
  spend(key: string, amount: number, limit: number, windowMs: number): Promise<Spent>;
  /** Takes one of `limit` places for `holder`, or renews it. False when all are taken. Free again after `ttlMs` without renewal. */
  lease(key: string, holder: string, limit: number, ttlMs: number): Promise<boolean>;
  /** Gives a place back. */
  release(key: string, holder: string): Promise<void>;
  /**
   * Asks for a turn, or renews one: call it again until granted and, with `slots`, while it is held. Tickets of one user are
   * served in order, users take turns (start-time fair queueing).
   */
  takeTurn(line: string, ticket: string, user: string, rule: LineRule): Promise<Turn>;
  /** Leaves a line, or gives a slot back. `lingerMs` keeps the slot taken that much longer: the vendor may still be at work. */
  leaveLine(line: string, ticket: string, lingerMs?: number): Promise<void>;
  /** Keeps a value. */
  put(key: string, value: Uint8Array, ttlMs: number): Promise<void>;
  /** Gives a kept value. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Forgets a value or a `once`. */
  forget(key: string): Promise<void>;
  /**
   * Names what the store remembers: another name than before means that it was emptied, and used tokens and revocations with
   * it. Tokens carry the name, and are refused under another. Left out by stores that cannot tell, whose tokens carry none.
   */
  generation?(): Promise<string>;
  /** Lets go of timers and connections it opened itself. */
  close(): Promise<void>;
}
