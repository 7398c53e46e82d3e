import { expect, it } from 'vitest';

import { formatMs } from './format-time.ts';

it.each([
  [0, '0 ms'],
  [640.4, '640 ms'],
  [999.6, '1.00 s'],
  [1240, '1.24 s'],
  [9996, '10.0 s'],
  [12_340, '12.3 s'],
  [59_960, '1:00 min'],
  [125_000, '2:05 min'],
])('writes %f ms as %s', (ms, words) => {
  expect(formatMs(ms)).toBe(words);
});
