/** Where in a stream something happens. `waiting` is after the request and before `started`. */
export type Position = 'before-request' | 'waiting' | 'started' | 'midway' | 'at-end';

/** What happens there instead of going on. */
export type Interruption =
  | { readonly type: 'close'; readonly code: number; readonly at: Position }
  | { readonly type: 'drop'; readonly at: Position }
  /** Silence: for ever, or for a while. */
  | { readonly type: 'stall'; readonly at: Position; readonly forMs: number }
  /** An `error` frame and no close. */
  | { readonly type: 'error'; readonly at: Position; readonly message: string };

/** Single oddities that need no further setting. */
export type Oddity =
  | 'audio-after-completed' | 'audio-before-started' | 'completed-without-audio' | 'completed-without-url' | 'double-completed'
  | 'double-started' | 'empty-frames' | 'endless' | 'html-in-stream' | 'leftover-bytes' | 'mp3-in-stream' | 'nan-samples'
  | 'no-close-answer' | 'no-started' | 'server-closes' | 'text-not-json' | 'unknown-message' | 'wav-in-stream'; // prettier-ignore

/** Everything that can be set. Servers read these and nothing else. */
export interface Knobs {
  readonly interruption?: Interruption;
  /** Closes come without an `error` frame before them. */
  readonly mute?: boolean;
  readonly handshake?: 'stall' | 'refuse-key';
  /** HTTP status of the answer to the handshake and to every call, at most so many times. */
  readonly refuse?: { readonly status: number; readonly times: number };
  readonly retryAfterSeconds?: number;
  /** Bytes of an audio frame; `random` is 1 to 65,536, from a fixed seed. */
  readonly frameBytes?: number | 'random';
  /** × real time. */
  readonly rate?: number;
  readonly jitterMs?: number;
  readonly slowStartMs?: number;
  readonly oddities?: readonly Oddity[];
  /** What becomes of a job whose stream broke off. Default: it completes. */
  readonly job?: 'lost' | 'fails' | 'stuck';
  readonly cutFile?: boolean;
  readonly fileLateMs?: number;
  readonly cors?: 'off' | 'hidden-headers';
  /** What is wrong with the body of a successful HTTP answer. */
  readonly body?: 'stall' | 'not-audio' | 'empty' | 'truncated-json';
}

/** A scenario or a family of them. */
export interface ScenarioRow {
  /** As a person writes it; `<…>` stands for a number. */
  readonly name: string;
  /** What happens. */
  readonly description: string;
  /** Matches the whole name. */
  readonly pattern: RegExp;
  /** Reads the knobs from the match; undefined refuses the number. */
  readonly knobs: (match: readonly string[]) => Knobs | undefined;
}

const literal = (name: string, description: string, knobs: Knobs): ScenarioRow => ({
  name,
  description,
  pattern: new RegExp(`^${name}$`),
  knobs: () => knobs,
});

const family = (name: string, description: string, pattern: RegExp, knobs: ScenarioRow['knobs']): ScenarioRow => ({ name, description, pattern, knobs });

const positions: Readonly<Record<string, Position>> = { '': 'waiting', '-before-request': 'before-request', '-midway': 'midway', '-at-end': 'at-end' };
const positionOf = (suffix = ''): Position => positions[suffix] ?? 'waiting';
const refusals = new Set([400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 502, 503, 504, 520]);
/** Codes that may stand in a close frame (RFC 6455 §7.4), and the two that mean that none did. */
const closable = (code: number): boolean =>
  (code >= 3_000 && code <= 4_999) || (code >= 1_000 && code <= 1_014 && code !== 1_004);

const closeRow = family(
  'close-<code>[-before-request|-midway|-at-end]',
  'error frame, then a close with this code: after the request, or before it, after half of the audio, or after all of it. 1005 closes without a code, 1006 drops the connection',
  /^close-(\d{4})(-before-request|-midway|-at-end)?$/,
  ([, digits, suffix]) => {
    const code = Number(digits);
    const at = positionOf(suffix);
    if (!closable(code)) return undefined;
    return { interruption: code === 1_006 ? { type: 'drop', at } : { type: 'close', code, at } };
  },
);

const odd = (name: Oddity, description: string): ScenarioRow => literal(name, description, { oddities: [name] });
const stall = (name: string, at: Position, description: string): ScenarioRow =>
  literal(name, description, { interruption: { type: 'stall', at, forMs: Infinity } });
const complain = (name: string, at: Position, message: string, description: string): ScenarioRow =>
  literal(name, description, { interruption: { type: 'error', at, message } });

/** Every scenario by name. Names are joined with `~`; a later one overrides an earlier one. */
export const scenarioTable: readonly ScenarioRow[] = [
  closeRow,
  family('drop[-before-request|-midway|-at-end]', 'the TCP connection is cut', /^drop(-before-request|-midway|-at-end)?$/, ([, suffix]) => ({
    interruption: { type: 'drop', at: positionOf(suffix) },
  })),
  literal('early-1000', 'a clean close after half of the audio, as a handler that simply returns would send it', {
    interruption: { type: 'close', code: 1_000, at: 'midway' },
    mute: true,
  }),
  literal('mute', 'no error frame before a close', { mute: true }),
  stall('silent', 'waiting', 'takes the request and never says anything'),
  stall('silent-after-started', 'started', 'says started and then nothing'),
  stall('stall-midway', 'midway', 'falls silent after half of the audio'),
  stall('stall-at-end', 'at-end', 'sends all audio and never completed'),
  family('stall-midway-<ms>', 'pauses after half of the audio, then goes on', /^stall-midway-(\d{1,6})$/, ([, ms]) => ({
    interruption: { type: 'stall', at: 'midway', forMs: Number(ms) },
  })),
  literal('handshake-stall', 'takes the connection and never answers the handshake', { handshake: 'stall' }),
  literal('wrong-key-at-handshake', 'refuses the key with HTTP 403 before accepting, as some servers do', { handshake: 'refuse-key' }),
  family('slow-start-<ms>', 'waits before the first audio', /^slow-start-(\d{1,6})$/, ([, ms]) => ({ slowStartMs: Number(ms) })),
  complain('error-only', 'waiting', 'Internal error', 'an error frame and no close'),
  complain('error-only-midway', 'midway', 'Internal error', 'an error frame after half of the audio, and no close'),
  complain('error-key-only', 'waiting', 'Invalid API Key', 'an error frame about the key and no close'),
  family('http-<status>[-times-<n>]', 'answers the handshake and every call with this status, or only the first n of them', /^http-(\d{3})(?:-times-(\d{1,3}))?$/, ([, status, times]) =>
    refusals.has(Number(status)) ? { refuse: { status: Number(status), times: times ? Number(times) : Infinity } } : undefined,
  ),
  family('retry-after-<seconds>', 'the Retry-After of refusals', /^retry-after-(\d{1,6})$/, ([, seconds]) => ({ retryAfterSeconds: Number(seconds) })),
  family('frames-<bytes>', 'audio frames of so many bytes', /^frames-(\d{1,7})$/, ([, bytes]) => (Number(bytes) > 0 ? { frameBytes: Number(bytes) } : undefined)),
  literal('frames-random', 'audio frames of 1 to 65,536 bytes', { frameBytes: 'random' }),
  literal('one-frame', 'the whole audio as one frame', { frameBytes: Infinity }),
  literal('big-frame', 'the same as one-frame', { frameBytes: Infinity }),
  family('pace-<x>', 'sends at x times real time', /^pace-(\d{1,4}(?:\.\d{1,3})?)$/, ([, rate]) => (Number(rate) > 0 ? { rate: Number(rate) } : undefined)),
  literal('burst', 'sends everything at once', { rate: Infinity }),
  family('jitter-<ms>', 'each frame is up to so many milliseconds late', /^jitter-(\d{1,5})$/, ([, ms]) => ({ jitterMs: Number(ms) })),
  odd('empty-frames', 'empty binary frames in between'),
  odd('audio-before-started', 'the first audio comes before started'),
  odd('no-started', 'started never comes'),
  odd('double-started', 'started comes twice'),
  odd('double-completed', 'completed comes twice'),
  odd('audio-after-completed', 'audio goes on after completed'),
  odd('unknown-message', 'a message of an unknown type'),
  odd('text-not-json', 'a text frame that is no JSON'),
  odd('completed-without-url', 'completed has no audio_url'),
  odd('completed-without-audio', 'completed comes and no audio did'),
  odd('server-closes', 'the server closes with 1000 after completed'),
  odd('leftover-bytes', 'three stray bytes after the last sample'),
  odd('wav-in-stream', 'the frames hold a 16-bit WAV file'),
  odd('mp3-in-stream', 'the frames hold MP3'),
  odd('html-in-stream', 'the frames hold a web page'),
  odd('nan-samples', 'some samples are NaN, infinite or far out of range'),
  odd('endless', 'the audio never ends'),
  odd('no-close-answer', 'never answers a close'),
  literal('lost', 'after a break the generation is unknown: 404', { job: 'lost' }),
  literal('fails', 'after a break the generation is FAILED', { job: 'fails' }),
  literal('stuck', 'after a break the generation is GENERATING for ever', { job: 'stuck' }),
  literal('cut-file', 'the finished file is cut off in the middle, the first time', { cutFile: true }),
  family('file-late-<ms>', 'the finished file is 404 for a while', /^file-late-(\d{1,6})$/, ([, ms]) => ({ fileLateMs: Number(ms) })),
  literal('cors-off', 'no CORS headers', { cors: 'off' }),
  literal('cors-hidden-headers', 'CORS without exposed headers', { cors: 'hidden-headers' }),
  literal('body-stall', 'HTTP answers stop after their first byte', { body: 'stall' }),
  literal('not-audio', 'the finished file is a web page, with status 200', { body: 'not-audio' }),
  literal('empty-200', 'HTTP answers are 200 and empty', { body: 'empty' }),
  literal('truncated-json', 'HTTP answers are half of their JSON', { body: 'truncated-json' }),
];
