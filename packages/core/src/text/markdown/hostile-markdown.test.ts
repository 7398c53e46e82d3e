import { expect, test } from 'vitest';

import { speakable } from './speakable.ts';

for (const part of [
  '[',
  ']',
  '[]',
  '![',
  '*a ',
  '*a_ ',
  '*a. ',
  '*',
  '_a',
  '<',
  '<a ',
  '`',
  '`a ``b ',
  '> ',
  '>',
  '- ',
  '1. ',
  '~',
  '|',
  '&',
  '[a](',
  '<!--',
  '<![CDATA[',
  '[^a]',
  '[^a]: ',
  '$a',
  '$$',
  '\\(',
  'a|b\n-|-\n',
  '\\',
  'a. ',
  '\n',
  '```\n',
  '[a]: b\n',
  '*a\n\n',
  '- a\n ',
]) {
  test(`speaks 64 KiB of ${JSON.stringify(part)} in bounded time`, async () => {
    const started = performance.now();
    for await (const text of speakable(part.repeat(65_536 / part.length))) expect(text).not.toBe('');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
}
