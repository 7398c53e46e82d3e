import { describe, expect, it } from 'vitest';

import { asPlaybackError, playerError } from './player-error.ts';

describe('the errors of the player', () => {
  it('carry the brand and every required field of SpeechError', () => {
    const error = playerError('playback-blocked', 'No sound.', 'Click.');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      [Symbol.for('saystream.SpeechError')]: true,
      name: 'SpeechError',
      kind: 'playback-blocked',
      vendor: 'player',
      fields: [],
      retryable: false,
      billed: 'no',
      advice: 'Click.',
    });
  });

  it('say their message and facts in JSON', () => {
    const json: unknown = JSON.parse(JSON.stringify(playerError('unknown', 'Broke.', 'Again.')));
    expect(json).toMatchObject({ message: 'Broke.', kind: 'unknown', vendor: 'player' });
  });

  it('leave a branded error of a vendor as it is', () => {
    const theirs = Object.assign(new Error('cut'), { [Symbol.for('saystream.SpeechError')]: true, kind: 'truncated' });
    expect(asPlaybackError(theirs)).toBe(theirs);
  });

  it.each([[new TypeError('odd')], ['odd'], [null], [undefined], [42]])('wrap whatever else is thrown: %o', (thrown) => {
    const error = asPlaybackError(thrown);
    expect(error.kind).toBe('unknown');
    expect(error.cause).toBe(thrown);
  });
});
