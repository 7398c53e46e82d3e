import { explainAudixaClose, speechErrorKinds, SpeechError } from '@saystream/errors';
import type { PlaybackReport, SpeechOutcome } from 'saystream';
import { describe, expect, it } from 'vitest';

import { describeEnding, gapWords } from './verdict-words.ts';

const outcome = (facts: Partial<SpeechOutcome>): SpeechOutcome => ({
  verdict: 'completed',
  samples: 48_000,
  durationMs: 2000,
  billed: 'yes',
  ...facts,
});
const report = (facts: Partial<PlaybackReport> = {}): PlaybackReport => ({
  verdict: 'completed',
  heardMs: 2000,
  underruns: 0,
  rebufferMs: 0,
  latencyMs: 0,
  concealedMs: 0,
  ...facts,
});

describe('describeEnding', () => {
  it('says that everything was heard when it was', () => {
    const { tone, headline, sentence, advice } = describeEnding(outcome({ generationId: 'gen_1' }), report());
    expect([tone, headline, advice]).toEqual(['good', 'Completed', undefined]);
    expect(sentence).toContain('2.00 s');
    expect(sentence).toContain('without a gap');
  });

  it('does not hide gaps, nor that a broken stream was rescued', () => {
    const { sentence, facts } = describeEnding(outcome({ recovered: 'exact' }), report({ underruns: 2, concealedMs: 120 }));
    expect(sentence).toContain('2 gaps, 120 ms in all');
    expect(sentence).toContain('finished file');
    expect(facts).toContainEqual(['Recovered', 'exact']);
  });

  it('shows kind, billing, close code and advice of a refused key', () => {
    const error = explainAudixaClose({ code: 1008, reason: 'Invalid API Key', wasClean: true, phase: 'waiting' })!;
    const verdict = describeEnding(
      outcome({ verdict: 'failed', samples: 0, durationMs: 0, billed: 'unknown', error }),
      report({ verdict: 'failed', heardMs: 0, error }),
    );
    expect(verdict).toMatchObject({ tone: 'bad', headline: 'The key was refused', advice: error.advice });
    expect(verdict.sentence).toContain(error.message);
    const facts = Object.fromEntries(verdict.facts);
    expect(facts).toMatchObject({
      Verdict: 'failed',
      Kind: 'unauthorized',
      'Close code': '1008 while waiting',
      'Close reason': 'Invalid API Key',
      'Worth a retry': 'no',
    });
    expect(facts['Billed']).toBe(error.billed);
  });

  it('shows status, wait and fields of an HTTP error', () => {
    const error = new SpeechError({
      kind: 'rate-limited',
      vendor: 'audixa',
      message: 'Too Many Requests',
      status: 429,
      retryAfterMs: 3000,
      fields: [{ path: 'text', message: 'Too long' }],
    });
    const facts = Object.fromEntries(
      describeEnding(outcome({ verdict: 'failed', error }), report({ verdict: 'failed', error })).facts,
    );
    expect(facts).toMatchObject({ 'HTTP status': '429', 'Retry after': '3.00 s', 'Field text': 'Too long' });
  });

  it('says how much arrived before the speech broke off', () => {
    const error = new SpeechError({ kind: 'connection-lost', vendor: 'audixa', message: 'Gone.' });
    const { sentence } = describeEnding(
      outcome({ verdict: 'truncated', error }),
      report({ verdict: 'truncated', heardMs: 1500, error }),
    );
    expect(sentence).toBe('Gone. 2.00 s of sound had arrived, and 1.50 s were heard.');
  });

  it('calls a stop a stop, whatever the stream made of it', () => {
    const error = new SpeechError({ kind: 'aborted', vendor: 'audixa', message: 'Cancelled.' });
    const stopped = describeEnding(outcome({ verdict: 'cancelled', error }), report({ verdict: 'cancelled', heardMs: 700 }));
    expect([stopped.tone, stopped.headline]).toEqual(['none', 'Stopped']);
    expect(describeEnding(outcome({}), report({ verdict: 'cancelled', heardMs: 700 })).headline).toBe('Stopped');
  });

  it('blames the player when the speech was whole but could not be played', () => {
    const error = new SpeechError({ kind: 'playback-blocked', vendor: 'player', message: 'Not allowed.', billed: 'no' });
    const verdict = describeEnding(outcome({}), report({ verdict: 'failed', heardMs: 0, error }));
    expect([verdict.tone, verdict.headline]).toEqual(['bad', 'The browser would not play it']);
  });

  it('has a headline of its own for every kind of error', () => {
    const headlines = speechErrorKinds.map((kind) => {
      const error = new SpeechError({ kind, vendor: 'audixa', message: 'x' });
      return describeEnding(outcome({ verdict: 'failed', error }), report({ verdict: 'failed', error })).headline;
    });
    expect(new Set(headlines).size).toBe(speechErrorKinds.length);
  });
});

describe('gapWords', () => {
  it('counts gaps in words', () => {
    expect([0, 1, 2].map((underruns) => gapWords({ underruns, concealedMs: underruns * 60 }))).toEqual([
      'none',
      '1 gap, 60 ms in all',
      '2 gaps, 120 ms in all',
    ]);
  });
});
