import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createFloat32Frames } from './float32-frames.ts';

function bytesOf(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 4);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, i) => view.setFloat32(i * 4, sample, true));
  return bytes;
}

test('any split of the bytes gives the same samples', () => {
  const anySamples = fc.float32Array({ minLength: 1, maxLength: 300, noNaN: true });
  fc.assert(
    fc.property(anySamples, fc.array(fc.integer({ min: 0, max: 70 }), { minLength: 1 }), (samples, sizes) => {
      const bytes = bytesOf(samples);
      const frames = createFloat32Frames();
      const read: number[] = [];
      for (let at = 0, i = 0; at < bytes.length; i += 1) {
        const size = Math.max(1, sizes[i % sizes.length] ?? 1);
        read.push(...frames.push(bytes.slice(at, at + size)));
        at += size;
      }
      expect(frames.leftover).toBe(0);
      expect(new Float32Array(read)).toEqual(samples);
    }),
  );
});

test('a frame that lies aligned in memory is viewed, not copied', () => {
  const frame = bytesOf(Float32Array.of(0.25, -0.5));
  expect(createFloat32Frames().push(frame).buffer).toBe(frame.buffer);
});

test('a frame at an odd address is copied into place', () => {
  const odd = new Uint8Array(9);
  odd.set(bytesOf(Float32Array.of(0.25, -0.5)), 1);
  expect(createFloat32Frames().push(odd.subarray(1))).toEqual(Float32Array.of(0.25, -0.5));
});

test('the bytes of an unfinished sample are reported as left over', () => {
  const frames = createFloat32Frames();
  expect(frames.push(new Uint8Array(7))).toHaveLength(1);
  expect(frames.leftover).toBe(3);
});

test('carried bytes are kept even when the caller reuses its buffer', () => {
  const frames = createFloat32Frames();
  const bytes = bytesOf(Float32Array.of(0.75));
  const reused = bytes.slice(0, 2);
  frames.push(reused);
  reused.fill(0);
  expect(frames.push(bytes.slice(2))).toEqual(Float32Array.of(0.75));
});
