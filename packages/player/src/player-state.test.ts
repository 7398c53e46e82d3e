import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PlaybackEvent } from './player-state.ts';
import { initialStatus, isOver, nextStatus } from './player-state.ts';

const after = (...events: PlaybackEvent[]): string => events.reduce(nextStatus, initialStatus).name;

describe('nextStatus', () => {
  it('follows the sound from waiting to its end', () => {
    expect(after()).toBe('waiting');
    expect(after('buffering', 'playing')).toBe('playing');
    expect(after('buffering', 'playing', 'buffering')).toBe('buffering');
    expect(after('buffering', 'playing', 'ended')).toBe('ended');
  });

  it('stays paused while the sound goes on beneath, and resumes to what it is doing then', () => {
    expect(after('waiting', 'pause', 'buffering')).toBe('paused');
    expect(after('waiting', 'pause', 'buffering', 'resume')).toBe('buffering');
    expect(after('playing', 'pause', 'pause', 'resume')).toBe('playing');
  });

  it('resuming what is not paused changes nothing', () => {
    expect(after('playing', 'resume')).toBe('playing');
  });

  it('never leaves an ending, so the first one wins', () => {
    const events = fc.constantFrom<PlaybackEvent>(
      ...(['waiting', 'buffering', 'playing', 'pause', 'resume', 'ended', 'stopped', 'failed'] as const),
    );
    fc.assert(
      fc.property(fc.array(events), (sequence) => {
        const firstEnd = sequence.find((event) => event === 'ended' || event === 'stopped' || event === 'failed');
        const status = sequence.reduce(nextStatus, initialStatus);
        expect(isOver(status)).toBe(firstEnd !== undefined);
        if (firstEnd) expect(status.name).toBe(firstEnd);
      }),
    );
  });
});
