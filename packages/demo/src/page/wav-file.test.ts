import { expect, it } from 'vitest';

import { wavFile } from './wav-file.ts';

it('writes 16-bit mono PCM, clipped, with the sizes that readers check', async () => {
  const file = wavFile([Float32Array.of(0, 0.5), Float32Array.of(-1, 2)], 24_000);
  const view = new DataView(await file.arrayBuffer());
  expect(file.type).toBe('audio/wav');
  expect(view.byteLength).toBe(44 + 8);
  expect(view.getUint32(4, true)).toBe(view.byteLength - 8);
  expect(view.getUint32(24, true)).toBe(24_000);
  expect(view.getUint32(40, true)).toBe(8);
  expect([0, 1, 2, 3].map((n) => view.getInt16(44 + n * 2, true))).toEqual([0, 16_384, -32_767, 32_767]);
});
