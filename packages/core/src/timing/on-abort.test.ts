import { expect, test, vi } from 'vitest';

import { onAbort } from './on-abort.ts';

test('tells every listener the reason, once, in the order of listening', () => {
  const abort = new AbortController();
  const told: string[] = [];
  onAbort(abort.signal, (reason) => void told.push(`first ${String(reason)}`));
  onAbort(abort.signal, (reason) => void told.push(`second ${String(reason)}`));
  abort.abort('enough');
  expect(told).toEqual(['first enough', 'second enough']);
});

test('attaches one event listener for any number of callers and removes it with the last', () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, 'addEventListener');
  const removed = vi.spyOn(signal, 'removeEventListener');
  const endings = Array.from({ length: 30 }, () => onAbort(signal, () => undefined));
  expect(added).toHaveBeenCalledTimes(1);
  for (const end of endings) end();
  for (const end of endings) end();
  expect(removed).toHaveBeenCalledTimes(1);
  onAbort(signal, () => undefined)();
  expect(added).toHaveBeenCalledTimes(2);
});

test('a listener that another one removes while the signal aborts is not called', () => {
  const abort = new AbortController();
  const second = vi.fn();
  onAbort(abort.signal, () => end());
  const end = onAbort(abort.signal, second);
  abort.abort();
  expect(second).not.toHaveBeenCalled();
});

test('a listener added while the signal aborts is called at once', () => {
  const abort = new AbortController();
  const second = vi.fn();
  onAbort(abort.signal, () => onAbort(abort.signal, second));
  abort.abort('late');
  expect(second).toHaveBeenCalledWith('late');
});
