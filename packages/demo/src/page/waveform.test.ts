import { describe, expect, it } from 'vitest';

import { firstVisibleBar } from './waveform.ts';

describe('firstVisibleBar', () => {
  it('stands still until the playhead has crossed most of the strip, then follows it', () => {
    expect(firstVisibleBar(0, 100, false)).toBe(0);
    expect(firstVisibleBar(72, 100, false)).toBe(0);
    expect(firstVisibleBar(172, 100, false)).toBe(100);
  });

  it('turns whole pages for people who asked for less motion', () => {
    expect([0, 99, 100, 250].map((bar) => firstVisibleBar(bar, 100, true))).toEqual([0, 0, 100, 200]);
  });
});
