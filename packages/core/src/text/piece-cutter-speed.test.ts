import { expect, test } from 'vitest';

import { cut, usual } from './test-cuts.ts';

/** Milliseconds of the fastest of five runs, so that another process does not count. */
function fastest(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}

test('pushing 1,000,000 characters one at a time takes at most 25 times as long as 100,000', () => {
  const text = 'It was the best of times, it was the worst of times. Dr. Smith said "no" (twice). '
    .repeat(12_500)
    .slice(0, 1_000_000);
  const timeOf = (length: number): number => fastest(() => cut(text.slice(0, length), usual));
  timeOf(100_000);
  expect(timeOf(1_000_000)).toBeLessThan(25 * Math.max(5, timeOf(100_000)));
});

test.each(
  '.|. |"| |[1]|\n|a|。|(|A. |,|, |(a,|(,a|.a|海|ไทย|ก |👩\u200D|🇰|\u0301|1|1.| –|. »|a\u0301|\uD800|http://|“, '.split('|'),
)('cuts 64 KiB of %j in 20 ms, on a machine that cuts prose at 2 MB a second or faster', (unit) => {
  const text = unit.repeat(65_536 / unit.length);
  const prose = 'It was the best of times, it was the worst of times. '.repeat(2_500);
  const reference = fastest(() => cut([prose], usual));
  // The engine's own words, piece by piece: Firefox takes several microseconds for a letter of Thai.
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  const segmenting = fastest(() => {
    for (let at = 0; at < text.length; at += 512) Array.from(segmenter.segment(text.slice(at, at + 512)));
  });
  // A slow or busy machine gets as much more time as it needs for 128 KiB of prose, which take 5 ms elsewhere.
  expect(fastest(() => cut([text], usual))).toBeLessThan(Math.max(20 * Math.max(1, reference / 5), 2 * segmenting));
});
