import { afterEach, expect, test, vi } from 'vitest';

import { heardContextTime } from './output-clock.ts';

afterEach(() => vi.unstubAllGlobals());

const browser = (userAgent: string): void => void vi.stubGlobal('navigator', { userAgent });
const context = (facts: object): AudioContext => ({ currentTime: 10, ...facts }) as AudioContext;
const stamp = (contextTime: number, agoMs: number) => ({
  getOutputTimestamp: () => ({ contextTime, performanceTime: performance.now() - agoMs }),
});

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const firefox = (system: string): string => `Mozilla/5.0 (${system}; rv:153.0) Gecko/20100101 Firefox/153.0`;

const neverAsked = {
  getOutputTimestamp: () => expect.fail('asked for a timestamp'),
  get outputLatency(): number {
    return expect.fail('asked for a latency');
  },
};

test('Firefox on Linux is asked for neither timestamp nor latency, because it may hang for ever on either', () => {
  for (const system of ['X11; Linux x86_64', 'X11; Ubuntu; Linux x86_64', 'X11; FreeBSD amd64']) {
    browser(firefox(system));
    const wary = Object.defineProperties({ currentTime: 10 }, Object.getOwnPropertyDescriptors(neverAsked));
    expect(heardContextTime(wary as unknown as AudioContext)).toBe(10);
  }
});

test('every other browser says what leaves the loudspeaker', () => {
  for (const each of [chrome, firefox('Windows NT 10.0; Win64; x64'), firefox('Android 14; Mobile')]) {
    browser(each);
    expect(heardContextTime(context(stamp(9.9, 50)))).toBeCloseTo(9.95, 2);
  }
});

test('a timestamp from before the sound, or a second off, is passed over for the stated latency', () => {
  browser(chrome);
  expect(heardContextTime(context({ ...stamp(0, 0), outputLatency: 0.04 }))).toBeCloseTo(9.96, 6);
  expect(heardContextTime(context({ ...stamp(5, 0), outputLatency: 0.04 }))).toBeCloseTo(9.96, 6);
  expect(heardContextTime(context({ outputLatency: 0, baseLatency: 0.01 }))).toBeCloseTo(9.99, 6);
});

test('nothing is heard before it is rendered', () => {
  browser(chrome);
  expect(heardContextTime(context(stamp(9.99, 50)))).toBe(10);
});
