import { expect, test } from 'vitest';

import { checkLimits } from './check-limits.ts';
import { defaultLimits } from './relay-options.ts';

const names = Object.keys(defaultLimits) as (keyof typeof defaultLimits)[];

test('keeps the defaults beside the given limits, and ignores undefined ones', () => {
  expect(checkLimits(undefined)).toEqual(defaultLimits);
  expect(checkLimits({ streamsPerUser: 1, lifeMs: undefined as never })).toEqual({ ...defaultLimits, streamsPerUser: 1 });
  const charactersPerUser = { characters: 5, windowMs: 90 * 86_400_000 };
  expect(checkLimits({ charactersPerUser }).charactersPerUser).toEqual(charactersPerUser);
});

test.each(names)('refuses %s of another shape than its default', (name) => {
  const isPair = typeof defaultLimits[name] === 'object';
  const wrong = isPair
    ? [
        2_000,
        {},
        [],
        [5, 5],
        null,
        '5',
        { characters: 5 },
        { windowMs: 5 },
        { characters: '5', windowMs: 5 },
        { characters: 5, windowMs: 0 },
      ]
    : [{ characters: 5, windowMs: 5 }, [5], null, '5', true, 0, -1, NaN, Infinity];
  for (const value of wrong) expect(() => checkLimits({ [name]: value }), JSON.stringify(value)).toThrow(`limits.${name}`);
});

test('says which shape a limit of characters has', () => {
  expect(() => checkLimits({ charactersPerUser: 2_000 as never })).toThrow(
    'createRelay: limits.charactersPerUser must be { characters, windowMs }, such as {"characters":20000,"windowMs":3600000}, not 2000.',
  );
  expect(() => checkLimits({ charactersPerUser: { characters: 5, windowMS: 5 } as never })).toThrow('Did you mean windowMs?');
});

test.each(names.filter((name) => name.endsWith('Ms')))('refuses a %s above what a timer can wait', (name) => {
  expect(checkLimits({ [name]: 2 ** 31 - 1 })[name]).toBe(2 ** 31 - 1);
  expect(() => checkLimits({ [name]: 2 ** 31 })).toThrow(`limits.${name} may be 2147483647 at most`);
});

test.each([
  ['streamPerUser', 'Did you mean streamsPerUser?'],
  ['charactersperuser', 'Did you mean charactersPerUser?'],
  ['lifeMS', 'Did you mean lifeMs?'],
  ['toString', 'The names are: charactersPerRequest, '],
  ['constructor', 'The names are: charactersPerRequest, '],
  ['x'.repeat(100_000), 'The names are: charactersPerRequest, '],
])('refuses the unknown name %.20s', (name, says) => {
  expect(() => checkLimits({ [name]: 1 })).toThrow(`limits.${name.slice(0, 60)} is not a known limit. ${says}`);
});

test('refuses __proto__ as a name, which JSON can bring', () => {
  expect(() => checkLimits(JSON.parse('{"__proto__":{"streamsPerUser":1}}') as never)).toThrow(
    'limits.__proto__ is not a known limit.',
  );
});

test.each([[[]], ['streams'], [5], [null]])('refuses %s in the place of limits', (given) => {
  expect(() => checkLimits(given as never)).toThrow('limits must be an object of limits: charactersPerRequest, ');
});
