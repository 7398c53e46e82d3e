import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';
import { expect, test } from 'vitest';

import { splitSentences } from '../packages/core/src/text/split-sentences.ts';

// Tries every regular expression of these packages with long strings that make a careless one slow. New expressions are found by
// themselves.
const packages = ['core', 'audixa', 'sauti', 'moknah', 'saystream', 'player', 'relay'];
const root = join(import.meta.dirname, '..');
const size = 65_536;

/** Expressions that would be slow, and the most characters that their caller gives them. A row without its expression fails. */
const bounded: Readonly<Record<string, number>> = {
  // `wholeWords` gives it the last 8 characters.
  'packages/core/src/text/cut-sentence.ts \\p{N}[^\\p{L}\\s]*$': 8,
};

interface Literal {
  readonly id: string;
  readonly expression: RegExp;
}

function literalsIn(path: string): Literal[] {
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
      found.push({ id: `${path} ${source}`, expression: new RegExp(source, flags.replace('y', '')) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.ES2022));
  return found;
}

const literals = packages.flatMap((name) =>
  readdirSync(join(root, `packages/${name}/src`), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test|\.d)\.ts$/.test(file))
    .flatMap((file) => literalsIn(`packages/${name}/src/${file.replaceAll('\\', '/')}`)),
);

/** Pieces that any expression may stumble over. */
const common = [' ', '\n', 'a', 'A', '0', '"', '/', '?', ':', '.', 'a.', 'a ', '0.', ', ', '\uFEFF', 'é', 'a\u0308'];

/** The expression's own words and signs, alone and in pairs: what it matches many times before it fails. */
function piecesOf({ source }: RegExp): string[] {
  const words = source.replace(/\\[a-z]/gi, ' ').match(/[A-Za-z\d]+|[^\w\s]/g) ?? [];
  return [...new Set([...common, ...words, ...words.map((word, index) => word + (words[index + 1] ?? ''))])];
}

const long = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** The piece repeated, and ended or begun so that a match fails late. */
const stringsOf = (piece: string, length: number): string[] => [`${long(piece, length)}\u0000\n!`, `a${long(piece, length)}`];

function elapsedMs(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** The least of a few tries, in milliseconds: other processes only add to it. Ends with the first that is quick enough. */
function leastMs(work: () => unknown, enoughMs: number): number {
  let least = Infinity;
  for (let tries = 0; tries < 8 && least > enoughMs && !(least > 50 * enoughMs && tries > 0); tries += 1)
    least = Math.min(least, elapsedMs(work));
  return least;
}

const scanned = long('a.', size);
/** A plain scan of as many characters. */
function scan(): number {
  let sum = 0;
  for (let index = 0; index < scanned.length; index += 1) sum += scanned.charCodeAt(index);
  return sum;
}
// The first scans are slower: they are not compiled yet.
const scanMs = Math.min(...Array.from({ length: 100 }, () => elapsedMs(scan)));
/** 20 ms, or a hundred plain scans where the machine is slower than that. */
const limitMs = Math.max(20, 100 * scanMs);

const runOver = (expression: RegExp, text: string): unknown =>
  expression.global ? text.replace(expression, '') : expression.exec(text);

/** The first string that takes too long, shortened. */
function slowOn(expression: RegExp, length: number): string | undefined {
  for (const piece of piecesOf(expression)) {
    for (const text of stringsOf(piece, length)) {
      const ms = leastMs(() => runOver(expression, text), limitMs);
      if (ms > limitMs) return `${Math.round(ms)} ms for ${length} characters of ${JSON.stringify(piece)}`;
    }
  }
  return undefined;
}

test('finds the slow expressions it is meant to find', () => {
  for (const slow of [/\/+$/, /^[A-Z_]*(?:CERT)[A-Z_]*$/, /X11.+Firefox/, /\s+$/]) {
    expect(slowOn(slow, size / 2), slow.source).toBeDefined();
  }
});

test('every expression reads 64 KiB in linear time', () => {
  expect(literals.length).toBeGreaterThan(100);
  const slow = literals.flatMap(({ id, expression }) => {
    const how = slowOn(expression, bounded[id] ?? size);
    return how ? [`${id}: ${how}`] : [];
  });
  expect(slow).toEqual([]);
});

test('each row of bounded expressions names one', () => {
  const ids = literals.map(({ id }) => id);
  expect(Object.keys(bounded).filter((id) => !ids.includes(id))).toEqual([]);
});

test('the expressions that splitSentences makes of its tables read 64 KiB in linear time', () => {
  const pieces = [...common, '. ', '.)', '[1]', '.[12', '" ', 'Dr. ', 'z.B.', '\n ', '-', 'a-', '\u00A0»', '\u3002'];
  const slow = pieces.flatMap((piece) =>
    stringsOf(piece, size).flatMap((text) => {
      // Some of these are 64 thousand sentences: each mark may cost a few microseconds.
      const enoughMs = 20 * limitMs;
      const ms = leastMs(() => splitSentences(text), enoughMs);
      return ms > enoughMs ? [`${Math.round(ms)} ms for ${JSON.stringify(piece)}`] : [];
    }),
  );
  expect(slow).toEqual([]);
});
