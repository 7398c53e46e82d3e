import { expect, test } from 'vitest';

import { createSpeechCache, type SpeakingStyle } from './speech-cache.ts';

const style: SpeakingStyle = { vendor: 'audixa', voiceId: 'am_ethan', speed: 1 };

test('a text is spoken once, even when it is asked for twice at the same time', async () => {
  let spoken = 0;
  const speak = createSpeechCache(async () => {
    spoken += 1;
    return new Float32Array(10);
  });
  const [first, second] = await Promise.all([speak('a', style), speak('a', style)]);
  expect(second).toBe(first);
  expect(await speak('a', style)).toBe(first);
  expect(spoken).toBe(1);
});

test('the oldest texts are forgotten when all of them are too long', async () => {
  const spoken: string[] = [];
  const speak = createSpeechCache((text) => {
    spoken.push(text);
    return new Float32Array(12 * 1024 * 1024);
  });
  for (const text of ['a', 'b', 'c', 'b', 'a']) await speak(text, style);
  expect(spoken).toEqual(['a', 'b', 'c', 'a']);
});

test('a text that is longer than the memory is spoken all the same', async () => {
  const speak = createSpeechCache(() => new Float32Array(33 * 1024 * 1024));
  expect((await speak('long', style)).length).toBe(33 * 1024 * 1024);
});

test('a voice that failed is asked again', async () => {
  let fails = true;
  const speak = createSpeechCache(() => {
    if (fails) throw new Error('hoarse');
    return new Float32Array(1);
  });
  await expect(speak('a', style)).rejects.toThrow('hoarse');
  fails = false;
  expect((await speak('a', style)).length).toBe(1);
});

test('each vendor, voice and speed is spoken, and told to the voice', async () => {
  const told: SpeakingStyle[] = [];
  const speak = createSpeechCache((_text, how) => {
    told.push(how);
    return new Float32Array(told.length);
  });
  const styles = [style, { ...style, speed: 2 }, { ...style, voiceId: 'af_luna' }, { ...style, vendor: 'sauti' as const }];
  for (const each of [...styles, ...styles]) await speak('a', each);
  expect(told).toEqual(styles);
});
