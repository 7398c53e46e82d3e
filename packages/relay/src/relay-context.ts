import type { KeyRedactor } from '@saystream/errors';

import type { Access } from './access/access.ts';
import type { Meter } from './limits/meter.ts';
import type { RelayEvent, RelayLimits, RelayOptions, RelayVendor } from './relay-options.ts';
import type { RelayStore } from './store/relay-store.ts';

/** One vendor as the relay sees it. */
export interface Upstream {
  readonly vendor: RelayVendor;
  /** HTTP origin and API path without a final slash, such as `https://api.audixa.ai/v3`. */
  readonly http: string;
  /** The same for sockets. */
  readonly socket: string;
  readonly apiKey: string;
  /** Strikes the key out of texts. */
  readonly redact: KeyRedactor;
  /** Headers that show the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Audixa's custom endpoints. */
  readonly slugs: readonly string[];
}

/** What every request of one relay shares. */
export interface RelayContext {
  readonly options: RelayOptions;
  readonly upstreams: Readonly<Partial<Record<RelayVendor, Upstream>>>;
  readonly limits: RelayLimits;
  readonly store: RelayStore;
  readonly access: Access;
  readonly meter: Meter;
  /** Tells the operator. Never throws. */
  readonly emit: (event: RelayEvent) => void;
  /** Aborted when the relay closes: nothing new is let in, what runs may end. */
  readonly draining: AbortSignal;
  /** Keeps the relay from being closed before `work` has settled. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
}

/** Why the relay says no, on any transport: the codes of docs/relay-protocol.md. */
export interface Refusal {
  /** HTTP status; a socket closes with 4000 + status. */
  readonly status: number;
  readonly code: string;
  /** One sentence for people. */
  readonly detail: string;
  /** What to do about it, for the client's error; default by kind. */
  readonly advice?: string;
  /** The origin that was refused, for the operator. */
  readonly origin?: string;
  readonly retryAfterMs?: number;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** Tells a refusal from what is granted. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'status' in value && 'detail' in value;
