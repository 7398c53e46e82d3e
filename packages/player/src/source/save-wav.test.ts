import { expect, it } from 'vitest';

import { saveWav, toWav } from './save-wav.ts';

it('writes each of the 65,536 values of 16 bits as it was read', async () => {
  const values = Int16Array.from({ length: 65_536 }, (_, at) => at - 32_768);
  const wav = toWav(
    Float32Array.from(values, (value) => value / 32_768),
    24_000,
  );
  expect(new Int16Array(wav.buffer, 44)).toEqual(values);
  expect(await saveWav({ bytes: wav, mimeType: '' })).toEqual(wav);
});
