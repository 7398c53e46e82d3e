import { expect, test } from 'vitest';

test('a server that imports the page’s modules gets no elements, and no error', async () => {
  const { defineSayStream, SayStreamElement } = await import('../element.ts');
  expect(() => defineSayStream()).not.toThrow();
  expect(typeof SayStreamElement).toBe('function');
});
