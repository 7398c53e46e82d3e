import { readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { keyOfScenario, knobsOfKey } from './scenario-key.ts';
import { scenarioList } from './scenario-list.ts';
import { scenarioTable } from './scenario-table.ts';

const knobsOf = (name: string) => knobsOfKey(keyOfScenario(name));

test('every scenario has a key of its own', () => {
  const keys = scenarioList.map(({ apiKey }) => apiKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(knobsOfKey(key)).toBeDefined();
});

test('no name belongs to two rows of the table', () => {
  for (const { example } of scenarioTable) {
    expect(scenarioTable.filter(({ pattern }) => pattern.test(example)).map((row) => row.example)).toEqual([example]);
  }
});

test('every row but the label sets something', () => {
  for (const { name, example } of scenarioTable) {
    const { oddities, ...knobs } = knobsOf(example) ?? {};
    expect([name, Object.keys(knobs).length + (oddities?.length ?? 0)]).toEqual([
      name,
      name.startsWith('run-') ? 0 : expect.any(Number),
    ]);
    if (!name.startsWith('run-')) expect(Object.keys(knobs).length + (oddities?.length ?? 0)).toBeGreaterThan(0);
  }
});

test.each([
  ['close-1011', { interruption: { type: 'close', code: 1_011, at: 'waiting' } }],
  ['close-1000-midway', { interruption: { type: 'close', code: 1_000, at: 'midway' } }],
  ['close-4999-at-end', { interruption: { type: 'close', code: 4_999, at: 'at-end' } }],
  ['close-1014-before-request', { interruption: { type: 'close', code: 1_014, at: 'before-request' } }],
  ['close-1006', { interruption: { type: 'drop', at: 'waiting' } }],
  ['drop-midway', { interruption: { type: 'drop', at: 'midway' } }],
  ['stall-midway-250', { interruption: { type: 'stall', at: 'midway', forMs: 250 } }],
  ['http-503-times-2', { refuse: { status: 503, times: 2 } }],
  ['http-429', { refuse: { status: 429, times: Infinity } }],
  ['frames-65536', { frameBytes: 65_536 }],
  ['frames-random', { frameBytes: 'random' }],
  ['pace-0.25', { rate: 0.25 }],
])('%s is read', (name, knobs) => {
  expect(knobsOf(name)).toMatchObject(knobs);
});

test('names are joined from left to right: the later one wins, and oddities add up', () => {
  expect(knobsOf('early-1000')).toEqual(knobsOf('close-1000-midway~mute'));
  expect(knobsOf('frames-3~drop-midway~pace-20')).toMatchObject({
    frameBytes: 3,
    interruption: { type: 'drop', at: 'midway' },
    rate: 20,
  });
  expect(knobsOf('close-1011~drop')).toMatchObject({ interruption: { type: 'drop' } });
  expect(knobsOf('empty-frames~double-started')).toMatchObject({ oddities: ['empty-frames', 'double-started'] });
});

test.each([
  '', 'nonsense', 'close-999', 'close-1004', 'close-1015', 'close-2999', 'close-5000', 'close-1011-sometime', 'http-200', 'http-418',
  'frames-0', 'frames--1', 'frames-1.5', 'pace-0', 'stall-midway-', 'frames-3~', '~frames-3', 'frames-3~nonsense', 'CLOSE-1011', 'constructor',
])('%j is no scenario', (name) => {
  expect(() => keyOfScenario(name)).toThrow(RangeError);
  expect(knobsOfKey(`emulated-${name}`)).toBeUndefined();
}); // prettier-ignore

test('the message about an unknown scenario names the known ones', () => {
  expect(() => keyOfScenario('typo')).toThrow(/"typo".*cors-off.*stall-midway-<ms>/s);
});

test('the page of documentation lists every scenario in the words of the list, and no other', async () => {
  const page = await readFile(new URL('../../../docs/emulator.md', import.meta.url), 'utf8');
  const table = page.slice(page.indexOf('## Scenarios'), page.indexOf('\n## ', page.indexOf('## Scenarios') + 3));
  const listed = [...table.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)].map(([, name, description]) => [name, description]);
  expect(listed).toEqual(scenarioList.map(({ name, description }) => [name, description]));
});
