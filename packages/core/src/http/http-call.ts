import type { FailedExchange, KeyRedactor, SpeechError } from '@saystream/errors';

import type { ClientEvent, RetryOptions, Timeouts } from '../client-options.ts';
import type { RelayLink } from '../relay/relay-link.ts';
import type { Account } from '../retry/account-health.ts';
import type { BodyLimits } from './read-body.ts';

/** What an HTTP client needs to know of its vendor. */
export interface HttpOptions {
  /** Names the vendor in errors. */
  readonly vendor: string;
  /** Without a final slash; or what gives it for each request, which fails with what it throws. */
  readonly baseUrl: string | (() => string);
  /** Sent with every call to `baseUrl`, and never to any other host. */
  readonly headers: Readonly<Record<string, string>>;
  /** Reads the vendor's error bodies. */
  readonly parseError: (exchange: FailedExchange) => SpeechError;
  /** Strikes the key out of answers; without it none is searched for. */
  readonly redact?: KeyRedactor | undefined;
  /** Replaces `globalThis.fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Time limits. */
  readonly timeouts: Timeouts;
  /** Retry limits. */
  readonly retry: RetryOptions;
  /** The account's health. */
  readonly account: Account;
  /** Told of each attempt and wait. */
  readonly emit: (event: ClientEvent) => void;
  /** Where `baseUrl` is a relay's: what gets calls past it. */
  readonly relay?: RelayLink | undefined;
}

/** Keeps requests inside the vendor's limit for a minute. */
export interface Pace {
  /** Resolves when a request may be sent; rejects with the signal's reason when it aborts. */
  before(signal: AbortSignal): Promise<void>;
  /** Told the headers of every response, of errors too. */
  after(headers: Headers): void;
}

/** Where a vendor allows only so many requests at a time. */
export interface SlotHolder {
  /** Resolves with what gives the slot back; rejects with the signal's reason when it aborts. */
  take(signal: AbortSignal): Promise<(how: { readonly settled: boolean }) => void>;
}

/** One call. */
export interface HttpCall {
  /** Begins with a slash and is added to `baseUrl`; or an absolute URL of a file, which is asked for without the key. */
  readonly url: string;
  /** Query parameters; undefined ones are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Makes it a POST with this JSON body. */
  readonly json?: unknown;
  /** Default `post` with a body and `get` without. */
  readonly method?: 'get' | 'post';
  /** More headers for the vendor's API. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told when a paid request is sent, and when it is known to have been refused. */
  readonly onDoubt?: (inDoubt: boolean) => void;
  /** Awaited before each attempt. */
  readonly pace?: Pace;
  /** Held from before the first attempt until the last one has ended, waits included. */
  readonly slots?: SlotHolder;
  /** Whether the vendor charges for it, so that it must not be sent twice by accident. Default false. */
  readonly paid?: boolean;
  /** Aborting it ends the call, in a wait as well. */
  readonly signal?: AbortSignal | undefined;
}

/** Reads a successful response. A failure to read counts as a failed attempt. */
export type ReadResponse<T> = (
  response: Response,
  limits: Omit<BodyLimits, 'maxBytes'> & { readonly redact?: KeyRedactor | undefined },
) => Promise<T>;

/** Calls one vendor's HTTP API. */
export interface Http {
  /**
   * Makes the call, again where the retry policy allows it, and gives what `read` makes of the response.
   *
   * @throws SpeechError of any kind that a response, the network or a time limit can cause; `aborted` by the signal
   */
  request<T>(call: HttpCall, read: ReadResponse<T>): Promise<T>;
}
