import type { RelayEvent } from '@saystream/relay';
import { expect, expectTypeOf, test } from 'vitest';

import type {
  AudixaGeneration,
  ClientEvent,
  Playback,
  PlaybackError,
  PlaybackReport,
  SautiJob,
  SpeechErrorKind,
  SpeechOutcome,
} from 'saystream';

// A closed list does not compile with a word that is not in it: each `@ts-expect-error` below fails the type check of the tests
// when the line under it compiles.

test('closed lists of the player refuse a misspelt word', () => {
  const wordsOf = (playback: Pick<Playback, 'state'>, { verdict, error }: PlaybackReport): boolean[] => [
    playback.state === 'playing',
    // @ts-expect-error -- not a state
    playback.state === 'plaiyng',
    verdict === 'completed',
    // @ts-expect-error -- not a verdict
    verdict === 'complete',
    error?.kind === 'playback-blocked',
    // @ts-expect-error -- not a kind
    error?.kind === 'playback-block',
  ];
  const report: PlaybackReport = {
    verdict: 'completed',
    heardMs: 0,
    underruns: 0,
    concealedMs: 0,
    rebufferMs: 0,
    latencyMs: 0,
  };
  expect(wordsOf({ state: 'playing' }, report)).toEqual([true, false, true, false, false, false]);
});

test("the player's kinds are those of SpeechError", () => {
  expectTypeOf<PlaybackError['kind']>().toEqualTypeOf<SpeechErrorKind>();
});

test('events of clients have a closed list of types, and streams one of states', () => {
  const wordsOf = (event: ClientEvent): boolean[] => [
    event.type === 'give-up',
    // @ts-expect-error -- not an event
    event.type === 'giveup',
    event.type === 'state' && event.state === 'recovering',
    // @ts-expect-error -- not a state
    event.type === 'state' && event.state === 'recovered',
    event.type === 'wait' && event.because === 'rate-limited',
    // @ts-expect-error -- not a kind
    event.type === 'wait' && event.because === 'rate-limit',
  ];
  expect(wordsOf({ type: 'state', vendor: 'audixa', state: 'recovering' })).toEqual([false, false, true, false, false, false]);
});

test('outcomes and events of relays have closed lists', () => {
  const wordsOf = (outcome: Pick<SpeechOutcome, 'verdict' | 'error'>, event: RelayEvent): boolean[] => [
    outcome.verdict === 'truncated',
    // @ts-expect-error -- not a verdict
    outcome.verdict === 'truncate',
    outcome.error?.kind === 'timeout',
    // @ts-expect-error -- not a kind
    outcome.error?.kind === 'time-out',
    event.type === 'refused',
    // @ts-expect-error -- not an event
    event.type === 'refusal',
    event.vendor === 'sauti',
    // @ts-expect-error -- not a vendor
    event.vendor === 'suati',
  ];
  const words = wordsOf({ verdict: 'truncated' }, { type: 'refused', vendor: 'sauti' });
  expect(words).toEqual([true, false, false, false, true, false, true, false]);
});

test('a status of a vendor offers the documented words and takes others', () => {
  const isOver = ({ status }: Pick<AudixaGeneration, 'status'>): boolean => status === 'COMPLETED' || status === 'PAUSED';
  const hasFailed = ({ status }: Pick<SautiJob, 'status'>): boolean => status === 'failed' || status === 'cancelled';
  expect([isOver({ status: 'PAUSED' }), hasFailed({ status: 'cancelled' })]).toEqual([true, true]);
  // `string` would take the documented words too, but offer none of them to an editor.
  expectTypeOf<AudixaGeneration['status']>().not.toEqualTypeOf<string>();
  expectTypeOf<SautiJob['status']>().not.toEqualTypeOf<string>();
  // @ts-expect-error -- no number
  expect(isOver({ status: 1 })).toBe(false);
});
