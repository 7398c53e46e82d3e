import { audixaScenarios } from './audixa/audixa-scenarios.ts';
import { acceptedScenarios, callScenarios, refusalScenarios } from './http/fault-scenarios.ts';
import { moknahScenarios } from './moknah/moknah-scenarios.ts';
import { sautiScenarios } from './sauti/sauti-scenarios.ts';
import type { Position } from './scenario-knobs.ts';
import { interrupt, literal, numbered, odd, type ScenarioRow } from './scenario-row.ts';

const positions: Readonly<Record<string, Position>> = {
  '': 'waiting',
  '-before-request': 'before-request',
  '-midway': 'midway',
  '-at-end': 'at-end',
};
const positionOf = (suffix: string | undefined): Position => positions[suffix ?? ''] ?? 'waiting';
const suffixes = '(-before-request|-midway|-at-end)?';

/** Codes that may stand in a close frame (RFC 6455 §7.4), and the two that say that none did. */
const isClosable = (code: number): boolean =>
  (code >= 3_000 && code <= 4_999) || (code >= 1_000 && code <= 1_014 && code !== 1_004);

const endings: readonly ScenarioRow[] = [
  {
    name: 'close-<code>[-<where>]',
    description:
      'An error frame, then a close with this code (1000–1014, 3000–4999), after the request and before started. Where: before-request (right after accepting), midway (after half of the audio), at-end (after all of it). 1005 closes without a code, 1006 is drop.',
    example: 'close-1011',
    pattern: new RegExp(`^close-(\\d{4})${suffixes}$`),
    knobs: ([, digits, suffix]) => {
      const code = Number(digits);
      const at = positionOf(suffix);
      if (!isClosable(code)) return undefined;
      return { interruption: code === 1_006 ? { type: 'drop', at } : { type: 'close', code, at } };
    },
  },
  {
    name: 'drop[-<where>]',
    description: 'The TCP connection ends without a close frame, at the same places.',
    example: 'drop',
    pattern: new RegExp(`^drop${suffixes}$`),
    knobs: ([, suffix]) => ({ interruption: { type: 'drop', at: positionOf(suffix) } }),
  },
  literal('mute', 'Closes come without an error frame before them.', { mute: true }),
  literal('early-1000', 'A clean close after half of the audio, without a word: close-1000-midway~mute.', {
    interruption: { type: 'close', code: 1_000, at: 'midway' },
    mute: true,
  }),
  interrupt(
    'error-only',
    { type: 'error', at: 'waiting', message: 'Internal error' },
    'An error frame before started, and no close.',
  ),
  interrupt('error-only-midway', { type: 'error', at: 'midway', message: 'Internal error' }, 'The same after half of the audio.'),
  interrupt(
    'error-key-only',
    { type: 'error', at: 'waiting', message: 'Invalid API Key' },
    'The error frame of a wrong key, and no close.',
  ),
  numbered('error-then-close-<ms>', 300, 'An error frame, and the close with 1011 so much later.', (ms) => ({
    interruption: { type: 'close', code: 1_011, at: 'waiting', afterErrorMs: ms },
  })),
];

const silences: readonly ScenarioRow[] = [
  literal('handshake-stall', 'Takes the connection and never answers the handshake.', { handshake: 'stall' }),
  interrupt('silent', { type: 'stall', at: 'waiting', forMs: Infinity }, 'Takes the request and never says anything.'),
  interrupt('silent-after-started', { type: 'stall', at: 'started', forMs: Infinity }, 'Says started and then nothing.'),
  numbered('slow-start-<ms>', 300, 'Says started, and waits so long before the first audio.', (ms) => ({ slowStartMs: ms })),
  interrupt('stall-midway', { type: 'stall', at: 'midway', forMs: Infinity }, 'Falls silent after half of the audio.'),
  numbered('stall-midway-<ms>', 300, 'Pauses after half of the audio, then catches up.', (ms) => ({
    interruption: { type: 'stall', at: 'midway', forMs: ms },
  })),
  interrupt('stall-at-end', { type: 'stall', at: 'at-end', forMs: Infinity }, 'Sends all audio and never completed.'),
];

const handshakesAndKeys: readonly ScenarioRow[] = [
  literal('wrong-key-at-handshake', 'The handshake is refused with HTTP 403; calls get the 401 of a wrong key.', {
    handshake: 'refuse-key',
  }),
  {
    name: 'run-<word>',
    description: 'Changes nothing but the key, so that what is counted by key starts anew.',
    example: 'run-1',
    pattern: /^run-\w{1,64}$/,
    knobs: () => ({}),
  },
];

const framesAndPace: readonly ScenarioRow[] = [
  numbered('frames-<bytes>', 3, 'Audio frames of so many bytes.', (bytes) => ({ frameBytes: bytes }), 1),
  literal('frames-random', 'Audio frames of 1 to 65,536 bytes, from a fixed seed.', { frameBytes: 'random' }),
  literal('one-frame', 'The whole audio as one frame.', { frameBytes: Infinity }),
  literal('big-frame', 'Another word for one-frame.', { frameBytes: Infinity }),
  odd('empty-frames', 'An empty binary frame after each audio frame.'),
  {
    name: 'pace-<x>',
    description: 'Audio comes at x times real time.',
    example: 'pace-0.5',
    pattern: /^pace-(\d{1,4}(?:\.\d{1,3})?)$/,
    knobs: ([, rate]) => (Number(rate) > 0 ? { rate: Number(rate) } : undefined),
  },
  literal('burst', 'Everything comes at once.', { rate: Infinity }),
  numbered('jitter-<ms>', 40, 'Each frame is up to so much late, from a fixed seed.', (ms) => ({ jitterMs: ms })),
];

const oddities: readonly ScenarioRow[] = [
  odd('audio-before-started', 'The first audio frame comes before started.'),
  odd('no-started', 'started never comes.'),
  odd('double-started', 'started comes twice.'),
  odd('unknown-message', 'A message of an unknown type comes after started.'),
  odd('text-not-json', 'A text frame that is no JSON comes after started.'),
  odd('double-completed', 'completed comes twice.'),
  odd('audio-after-completed', 'Audio comes after completed.'),
  odd('completed-without-url', 'completed has no audio_url.'),
  odd('completed-without-audio', 'completed comes without any audio.'),
  odd('server-closes', 'The server closes with 1000 after completed.'),
  odd('no-close-answer', 'Never answers a close frame, nor anything else after the request.'),
  odd('endless', 'The audio begins anew and never ends.'),
  odd('leftover-bytes', 'Three stray bytes come after the last sample.'),
  odd('nan-samples', 'Some samples are NaN, infinite or far out of range.'),
  odd('wav-in-stream', 'The frames hold a 16-bit WAV file.'),
  odd('mp3-in-stream', 'The frames hold MP3.'),
  odd('html-in-stream', 'The frames hold a web page.'),
];

const jobs: readonly ScenarioRow[] = [
  literal('lost', 'A generation without a stream, or whose stream broke off, is unknown: 404.', { job: 'lost' }),
  literal('fails', 'Such a generation ends FAILED, with an error_message.', { job: 'fails' }),
  literal('stuck', 'Such a generation is GENERATING for ever.', { job: 'stuck' }),
  numbered('voices-<n>', 250, 'The account has so many voices.', (n) => ({ voices: Math.min(n, 10_000) })),
];

/** Scenarios of one kind. */
export interface ScenarioGroup {
  readonly title: string;
  readonly rows: readonly ScenarioRow[];
}

/** Every scenario, in groups for people. */
export const scenarioGroups: readonly ScenarioGroup[] = [
  { title: 'Keys and refused calls, of any vendor', rows: [...handshakesAndKeys, ...refusalScenarios] },
  { title: 'Accepted calls, of any vendor', rows: acceptedScenarios },
  { title: 'All calls, of any vendor', rows: callScenarios },
  { title: 'Audixa: how a stream ends', rows: endings },
  { title: 'Audixa: silence in a stream', rows: silences },
  { title: 'Audixa: frames and pace of a stream', rows: framesAndPace },
  { title: 'Audixa: oddities of a stream', rows: oddities },
  { title: 'Audixa: generations, history, files', rows: [...jobs, ...audixaScenarios] },
  { title: 'SAUTI', rows: sautiScenarios },
  { title: 'Moknah', rows: moknahScenarios },
];

/** Every scenario. Names are joined with `~`; a later one overrides an earlier one. */
export const scenarioTable: readonly ScenarioRow[] = scenarioGroups.flatMap(({ rows }) => rows);
