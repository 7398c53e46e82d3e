import type { Grant } from '../access/access.ts';
import type { Refusal } from '../relay-context.ts';
import type { RelayVendor } from '../relay-options.ts';
import type { ReadPlace } from './read-places.ts';

/** A place among the streams; renewed by itself until it is released. */
export interface StreamPlace {
  /** Gives the place back. */
  release(): void;
  /** Aborted when the place was lost (the store is down for longer than a lease lives): stop what it was for. */
  readonly lost: AbortSignal;
}

/** Characters taken from the limits. */
export interface TakenCharacters {
  /** Gives them back: the vendor provably took nothing. */
  refund(): void;
}

/** A turn at a vendor that serves one at a time, or few a minute. */
export interface VendorTurn {
  /** Gives it back; `lingerMs` later when the vendor may still be at work. */
  release(lingerMs?: number): void;
  readonly lost: AbortSignal;
}

/** The shared limits. */
export interface Meter {
  /** 429 `too_many_connects`. Counts sockets and tokens by address. */
  countConnect(ip: string): Promise<Refusal | undefined>;
  /** A place for an HTTP request while its answer leaves, and one of the minute's requests. 429 `too_many_requests`, 503 `store_down`. */
  openRead(user: string, ip: string): Promise<ReadPlace | Refusal>;
  /** Counts one more request of the minute, for work that asks the vendor again. 429 `too_many_requests`, 503 `store_down`. */
  countRequest(user: string, ip: string): Promise<Refusal | undefined>;
  /** 429 `too_many_streams`, 503 `store_down`. */
  openStream(user: string, ip: string): Promise<StreamPlace | Refusal>;
  /** 429 `characters_used_up`, 413 `too_large` (over the grant's or the relay's own), 503 `store_down`. */
  takeCharacters(grant: Grant, characters: number): Promise<TakenCharacters | Refusal>;
  /** Waits in the vendor's line; at once for Audixa, which has none. 429 `queue_wait_over`, 503 `store_down`. */
  takeTurn(
    vendor: RelayVendor,
    user: string,
    ticket: string,
    watch: { readonly signal: AbortSignal; readonly onPosition?: (position: number) => void },
  ): Promise<VendorTurn | Refusal>;
}
