/** The kinds of `SpeechError`. Written out here because the player works alone; a test compares the two lists. */
export type PlaybackErrorKind =
  | 'invalid-request'
  | 'unauthorized'
  | 'insufficient-credits'
  | 'forbidden'
  | 'not-found'
  | 'not-ready'
  | 'busy'
  | 'conflict'
  | 'too-large'
  | 'rate-limited'
  | 'vendor-fault'
  | 'unavailable'
  | 'generation-failed'
  | 'truncated'
  | 'not-audio'
  | 'bad-response'
  | 'connection-lost'
  | 'unreachable'
  | 'timeout'
  | 'aborted'
  | 'playback-blocked'
  | 'unknown';

/**
 * The error in a report. It carries the brand and every field of `SpeechError` in `@saystream/errors`, so `isSpeechError`
 * recognises it; the class is not imported, because the player works alone.
 */
export interface PlaybackError extends Error {
  /** One of the kinds of `SpeechError`; the player's own are `playback-blocked`, `not-audio`, `truncated`, `too-large`, `unknown`, and those of HTTP statuses. */
  readonly kind: PlaybackErrorKind;
  /** `player` when the player made the error, else the vendor whose stream failed. */
  readonly vendor: string;
  /** Per-field problems; always `[]` for the player's own errors. */
  readonly fields: readonly { path: string; message: string }[];
  /** The same call, unchanged, may succeed later. */
  readonly retryable: boolean;
  /** Whether the vendor charged for it. Playing costs nothing: `no` for the player's own errors, except an HTTP answer that is no 4xx. */
  readonly billed: 'no' | 'unknown' | 'yes';
  /** One sentence: who should do what. */
  readonly advice: string;
  /** The HTTP status, when a `Response` that is no success was played. */
  readonly status?: number;
}

/** The brand of `SpeechError`, shared through the global symbol registry. */
const brand = Symbol.for('saystream.SpeechError');

type OwnKind =
  | HttpKind
  | Extract<
      PlaybackErrorKind,
      'playback-blocked' | 'not-audio' | 'unknown' | 'truncated' | 'too-large' | 'connection-lost' | 'aborted'
    >;

/** What an HTTP status means when a `Response` that is no success is played. */
export type HttpKind = Extract<
  PlaybackErrorKind,
  | 'invalid-request'
  | 'unauthorized'
  | 'insufficient-credits'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'rate-limited'
  | 'vendor-fault'
  | 'unavailable'
  | 'bad-response'
>;

/** @param more facts beyond the defaults: not retryable, not billed, no status */
export function playerError(
  kind: OwnKind,
  message: string,
  advice: string,
  cause?: unknown,
  more?: Partial<Pick<PlaybackError, 'retryable' | 'billed' | 'status'>>,
): PlaybackError {
  const facts = {
    name: 'SpeechError',
    kind,
    vendor: 'player',
    fields: [],
    retryable: false,
    billed: 'no',
    advice,
    ...more,
  } as const;
  return Object.assign(new Error(message, { cause }), facts, { [brand]: true, toJSON: () => ({ ...facts, message }) });
}

/** A branded error as it is; anything else that was thrown becomes `unknown`, with the original as its cause. */
export function asPlaybackError(thrown: unknown): PlaybackError {
  if (isBranded(thrown)) return thrown;
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  const message = `The audio could not be played: ${what.slice(0, 500)}`;
  return playerError('unknown', message, 'See the cause of this error.', thrown);
}

export const isBranded = (thrown: unknown): thrown is PlaybackError =>
  typeof thrown === 'object' && thrown !== null && brand in thrown;
