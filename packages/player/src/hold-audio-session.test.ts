import { afterEach, expect, test, vi } from 'vitest';

import { holdAudioSession } from './hold-audio-session.ts';

afterEach(() => vi.unstubAllGlobals());

function pageWith(type: string): { type: string } {
  const audioSession = { type };
  vi.stubGlobal('navigator', { audioSession });
  return audioSession;
}

test('changes auto to playback, and gives auto back when the last playback lets go', () => {
  const session = pageWith('auto');
  const [first, second] = [holdAudioSession(), holdAudioSession()];
  expect(session.type).toBe('playback');
  first();
  expect(session.type).toBe('playback');
  second();
  expect(session.type).toBe('auto');
  const third = holdAudioSession();
  expect(session.type).toBe('playback');
  third();
  expect(session.type).toBe('auto');
});

test.each(['play-and-record', 'playback', 'ambient', 'transient', 'transient-solo'])(
  'leaves the page’s own %s as it is',
  (type) => {
    const session = pageWith(type);
    const release = holdAudioSession();
    expect(session.type).toBe(type);
    release();
    expect(session.type).toBe(type);
  },
);

test('does not touch a type that the page sets while speech plays', () => {
  const session = pageWith('auto');
  const release = holdAudioSession();
  session.type = 'play-and-record';
  const next = holdAudioSession();
  expect(session.type).toBe('play-and-record');
  release();
  next();
  expect(session.type).toBe('play-and-record');
});

test('does nothing where the browser has no audio session', () => {
  vi.stubGlobal('navigator', {});
  expect(() => holdAudioSession()()).not.toThrow();
});
