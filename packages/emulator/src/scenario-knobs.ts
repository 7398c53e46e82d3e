import type { AudixaKnobs } from './audixa/audixa-scenarios.ts';
import type { HttpFault, Refusal } from './http/http-faults.ts';
import type { RetryAfter } from './http/retry-after-values.ts';
import type { MoknahKnobs } from './moknah/moknah-scenarios.ts';
import type { SautiKnobs } from './sauti/sauti-scenarios.ts';

/** Where in a stream something happens. `before-request` is right after accepting, `waiting` after the request. */
export type Position = 'before-request' | 'waiting' | 'started' | 'midway' | 'at-end';

/** What happens there instead of going on. */
export type Interruption =
  /** A close frame, after an `error` frame. 1005 stands for a frame without a code. */
  | { readonly type: 'close'; readonly at: Position; readonly code: number; readonly afterErrorMs?: number }
  /** The TCP connection ends without a close frame. */
  | { readonly type: 'drop'; readonly at: Position }
  /** Silence: for a while, or (`Infinity`) for ever. */
  | { readonly type: 'stall'; readonly at: Position; readonly forMs: number }
  /** An `error` frame and no close. */
  | { readonly type: 'error'; readonly at: Position; readonly message: string };

/** Single oddities of a stream that need no further setting. */
export type Oddity =
  | 'audio-after-completed'
  | 'audio-before-started'
  | 'completed-without-audio'
  | 'completed-without-url'
  | 'double-completed'
  | 'double-started'
  | 'empty-frames'
  | 'endless'
  | 'html-in-stream'
  | 'leftover-bytes'
  | 'mp3-in-stream'
  | 'nan-samples'
  | 'no-close-answer'
  | 'no-started'
  | 'server-closes'
  | 'text-not-json'
  | 'unknown-message'
  | 'wav-in-stream';

/** Everything that can be set. Servers read these and know no scenario by name. */
export interface Knobs {
  readonly interruption?: Interruption;
  /** Closes come without an `error` frame before them. */
  readonly mute?: boolean;
  readonly handshake?: 'stall' | 'refuse-key';
  /** Handshakes and calls are refused, so many times. */
  readonly refuse?: Refusal & { readonly times: number };
  /** What goes wrong with calls, so many times. */
  readonly fault?: HttpFault & { readonly times: number };
  /** Each call draws its fate from this seed. */
  readonly chaos?: number;
  /** Refusals and faults strike finished files alone; otherwise they spare them. */
  readonly filesOnly?: boolean;
  /** Of refusals. */
  readonly retryAfter?: RetryAfter;
  readonly noRateHeaders?: boolean;
  /** Bytes of an audio frame; `random` is 1 to 65,536, from a fixed seed. */
  readonly frameBytes?: number | 'random';
  /** × real time. */
  readonly rate?: number;
  /** The most that a frame is late. */
  readonly jitterMs?: number;
  readonly slowStartMs?: number;
  readonly oddities?: readonly Oddity[];
  /** What becomes of a job that has no stream, or whose stream broke off. Absent: it completes. */
  readonly job?: 'lost' | 'fails' | 'stuck';
  /** How many voices there are. */
  readonly voices?: number;
  readonly cors?: 'off' | 'hidden-headers' | 'missing-on-errors';
  readonly audixa?: AudixaKnobs;
  readonly sauti?: SautiKnobs;
  readonly moknah?: MoknahKnobs;
}

/** Left to right: a later knob replaces an earlier one, oddities add up. */
export const mergeKnobs = (earlier: Knobs, later: Knobs): Knobs => ({
  ...earlier,
  ...later,
  oddities: [...(earlier.oddities ?? []), ...(later.oddities ?? [])],
  ...(later.audixa && {
    audixa: {
      ...earlier.audixa,
      ...later.audixa,
      ...(later.audixa.file && { file: { ...earlier.audixa?.file, ...later.audixa.file } }),
    },
  }),
  ...(later.sauti && { sauti: { ...earlier.sauti, ...later.sauti } }),
  ...(later.moknah && { moknah: { ...earlier.moknah, ...later.moknah } }),
});
