import type { SpeechErrorKind } from '@saystream/errors';

import type { GiveUpReason } from './retry/retry-policy.ts';
import type { SocketConstructor } from './socket/socket-like.ts';

/** Time limits, in milliseconds. `Infinity` switches one off. */
export interface Timeouts {
  /** Until the socket is open, dialling again included. Default 10,000. */
  readonly connectMs: number;
  /** From the request sent to the first sample. Default 15,000. */
  readonly firstAudioMs: number;
  /** Between one piece of audio and the next, or `completed`. Default 15,000. */
  readonly stallMs: number;
  /** From an HTTP request to its response headers. Default 30,000. */
  readonly headersMs: number;
  /** Between two pieces of an HTTP body. Default 15,000. */
  readonly bodyIdleMs: number;
  /** From one piece of a text in pieces to the next. Default 60,000. */
  readonly textMs: number;
  /** The whole call. Default 600,000. */
  readonly totalMs: number;
}

/** When and how often a failed request is tried again. */
export interface RetryOptions {
  /** Tries in all, the first included. Default 4; 1 means never again. */
  readonly tries: number;
  /** Wait after the first failure, in milliseconds; doubles each time. Default 500. */
  readonly baseDelayMs: number;
  /** Longest wait of our own choosing, in milliseconds. Default 8,000. */
  readonly maxDelayMs: number;
  /** Longest wait a vendor may ask for, in milliseconds; a longer one ends the call instead. Default 60,000. */
  readonly maxWaitMs: number;
  /**
   * Calls that may fail in a row, through the vendor or the network, before this client leaves the vendor alone: for
   * 10 s, then twice as long each time, up to 2 minutes. Default 5; `Infinity` means never.
   */
  readonly breakerFailures: number;
}

/** A connection or request is being made. */
export interface AttemptEvent {
  /** Names the event. */
  readonly type: 'attempt';
  /** Whose client it is. */
  readonly vendor: string;
  /** What is being made. */
  readonly transport: 'http' | 'socket';
  /** Counts from 1. */
  readonly attempt: number;
}

/** An attempt failed and another follows. */
export interface WaitEvent {
  /** Names the event. */
  readonly type: 'wait';
  /** Whose client it is. */
  readonly vendor: string;
  /** Until the next attempt, in milliseconds. */
  readonly delayMs: number;
  /** The kind of the failure. */
  readonly because: SpeechErrorKind;
}

/** An attempt failed and no other follows. */
export interface GiveUpEvent {
  /** Names the event. */
  readonly type: 'give-up';
  /** Whose client it is. */
  readonly vendor: string;
  /** The kind of the failure. */
  readonly because: SpeechErrorKind;
  /** What stands against another attempt. */
  readonly reason: GiveUpReason;
}

/** A request is held back, so that this client is not the one that breaks the vendor's limits. */
export interface HeldEvent {
  /** Names the event. */
  readonly type: 'held';
  /** Whose client it is. */
  readonly vendor: string;
  /**
   * `slot`: the account's only slot is taken. `minute`: the vendor's limit for a minute is used up. `queue`: others are
   * served first by the relay.
   */
  readonly by: 'slot' | 'minute' | 'queue';
  /** In the relay's line: how many are served first, the one at work not counted. */
  readonly position?: number;
  /** How long, in milliseconds; absent when nobody can know. */
  readonly delayMs?: number;
}

/** What became of a paid request whose answer was lost. */
export interface ReconciledEvent {
  /** Names the event. */
  readonly type: 'reconciled';
  /** Whose client it is. */
  readonly vendor: string;
  /** Whether the vendor has it: then it is adopted instead of being paid again. */
  readonly found: boolean;
}

/** What the vendor says about credits, with a result that cost some. Only Moknah does. */
export interface CreditsEvent {
  /** Names the event. */
  readonly type: 'credits';
  /** Whose client it is. */
  readonly vendor: string;
  /** What is left: of the account, or of this minute (the vendor's pages disagree). */
  readonly remaining?: number;
  /** What was used: by this request, or in this minute (the vendor's pages disagree). */
  readonly used?: number;
}

/** The usual way is closed and another is taken, at no further charge. */
export interface FallbackEvent {
  /** Names the event. */
  readonly type: 'fallback';
  /** Whose client it is. */
  readonly vendor: string;
  /** `job`: the relay has no sockets, so the speech is made as a file. The first sound comes later; the charge is the same. */
  readonly to: 'job';
  /** Why, in one sentence that names the fix. */
  readonly because: string;
}

/**
 * The states of a stream. `gathering`: the text is read. `connecting`: the socket opens. `waiting`: the request is sent. `started`: the
 * vendor has accepted it. `streaming`: audio arrives. `refused`: the vendor reported an error, and its close code follows.
 * `recovering`: the stream broke and is completed from the finished file. `by-job`: the relay has no sockets, so the speech is made
 * as a file. `ended`: the outcome is known.
 */
export type StreamState =
  | 'gathering'
  | 'connecting'
  | 'waiting'
  | 'started'
  | 'streaming'
  | 'refused'
  | 'recovering'
  | 'by-job'
  | 'ended';

/** A stream moved to another state. */
export interface StateEvent {
  /** Names the event. */
  readonly type: 'state';
  /** Whose client it is. */
  readonly vendor: string;
  /** The state it is in now. */
  readonly state: StreamState;
}

/** What a client tells about its work. Never holds a key, a text or a URL. */
export type ClientEvent =
  | AttemptEvent
  | WaitEvent
  | GiveUpEvent
  | HeldEvent
  | ReconciledEvent
  | CreditsEvent
  | FallbackEvent
  | StateEvent;

/** On servers: straight to the vendor. */
export interface DirectOptions {
  /**
   * The vendor's secret key. Belongs on servers: in a browser it throws unless `dangerouslyAllowBrowser` is set. Without it, and
   * without a relay, constructing throws a TypeError; `undefined` is in the type so that `process.env` values can be given.
   */
  readonly apiKey?: string | undefined;
  /** The vendor's origin or anything under it. Default: the vendor's own. `http:` only for loopback. */
  readonly baseUrl?: string;
  /** Allows `apiKey` in a page. Everyone who opens the page can then read the key. Default false. */
  readonly dangerouslyAllowBrowser?: boolean;
  /** Not together with a key. */
  readonly relay?: undefined;
}

/** In pages: through a relay (@saystream/relay), which holds the key. */
export interface RelayedOptions {
  /** Where the relay is: in a page an address such as `/speech`, elsewhere a whole one. Resolved at first use. */
  readonly relay: string | URL;
  /**
   * Headers of the request for a token, for apps that know their users by something else than cookies. Called for each
   * token; what it throws ends the call.
   */
  readonly relayHeaders?: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** Not together with a relay. */
  readonly apiKey?: undefined;
}

/** The options that every vendor's client takes, wherever it runs. */
export interface CommonOptions {
  /** Replaces `globalThis.fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Replaces the platform's socket: `ws` in Node, `globalThis.WebSocket` elsewhere. */
  readonly WebSocket?: SocketConstructor;
  /** Overrides of the default time limits. */
  readonly timeouts?: Partial<Timeouts>;
  /** Overrides of the default retry limits. */
  readonly retry?: Partial<RetryOptions>;
  /** Called with each step the client takes. What it throws is ignored. */
  readonly onEvent?: (event: ClientEvent) => void;
}

/** The options that every vendor's client takes: a key or a relay. */
export type ClientOptions = CommonOptions & (DirectOptions | RelayedOptions);

/** The time limits of a client that overrides none. */
export const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  firstAudioMs: 15_000,
  stallMs: 15_000,
  headersMs: 30_000,
  bodyIdleMs: 15_000,
  textMs: 60_000,
  totalMs: 600_000,
};

/** The retry limits of a client that overrides none. */
export const defaultRetry: RetryOptions = {
  tries: 4,
  baseDelayMs: 500,
  maxDelayMs: 8_000,
  maxWaitMs: 60_000,
  breakerFailures: 5,
};
