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
  readonly because: string;
}

/** A stream moved to another state. */
export interface StateEvent {
  /** Names the event. */
  readonly type: 'state';
  /** Whose client it is. */
  readonly vendor: string;
  /** The state's name; `recovering` means that the stream broke and is being completed from the finished file. */
  readonly state: string;
}

/** What a client tells about its work. Never holds a key, a text or a URL. */
export type ClientEvent = AttemptEvent | WaitEvent | StateEvent;

/** The options that every vendor's client takes. */
export interface ClientOptions {
  /** The vendor's secret key. Belongs on servers: in a browser it throws unless `dangerouslyAllowBrowser` is set. */
  readonly apiKey: string;
  /** The vendor's origin or anything under it. Default: the vendor's own. `http:` only for loopback. */
  readonly baseUrl?: string;
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
  /** Allows `apiKey` in a page. Everyone who opens the page can then read the key. Default false. */
  readonly dangerouslyAllowBrowser?: boolean;
}

/** The time limits of a client that overrides none. */
export const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  firstAudioMs: 15_000,
  stallMs: 15_000,
  headersMs: 30_000,
  bodyIdleMs: 15_000,
  totalMs: 600_000,
};

/** The retry limits of a client that overrides none. */
export const defaultRetry: RetryOptions = { tries: 4, baseDelayMs: 500, maxDelayMs: 8_000, maxWaitMs: 60_000 };
