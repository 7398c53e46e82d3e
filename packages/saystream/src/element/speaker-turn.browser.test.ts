import { expect, test, vi } from 'vitest';

import { takeSpeakerTurn } from './speaker-turn.ts';

const held = async (): Promise<number> =>
  ((await navigator.locks.query()).held ?? []).filter(({ name }) => name === 'saystream.speaker').length;

test('whoever takes the turn takes it from the one before, at once and once', async () => {
  const [first, second] = [vi.fn<() => void>(), vi.fn<() => void>()];
  takeSpeakerTurn(first);
  const giveBack = takeSpeakerTurn(second);
  expect(first).toHaveBeenCalledTimes(1);
  await expect.poll(held).toBe(1);
  giveBack();
  await expect.poll(held).toBe(0);
  expect(first).toHaveBeenCalledTimes(1);
  expect(second).not.toHaveBeenCalled();
});

test('a turn that was given back is not lost any more', async () => {
  const onLost = vi.fn<() => void>();
  takeSpeakerTurn(onLost)();
  takeSpeakerTurn(() => {})();
  await expect.poll(held).toBe(0);
  expect(onLost).not.toHaveBeenCalled();
});

test('another tab, known by its lock alone, takes the turn as well', async () => {
  const onLost = vi.fn<() => void>();
  takeSpeakerTurn(onLost);
  await expect.poll(held).toBe(1);
  await navigator.locks.request('saystream.speaker', { steal: true }, () => {});
  await expect.poll(() => onLost.mock.calls.length).toBe(1);
});
