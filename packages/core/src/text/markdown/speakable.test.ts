import fc from 'fast-check';
import { expect, test, vi } from 'vitest';

import { speakable, type SpeakableOptions, type SpeakableSource } from './speakable.ts';

async function say(source: SpeakableSource, options?: SpeakableOptions): Promise<string> {
  let text = '';
  for await (const piece of speakable(source, options)) text += piece;
  return text;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const spoken: readonly (readonly [what: string, markdown: string, lines: string[], options?: SpeakableOptions])[] = [
  ['emphasis', 'A *b* __c__ ***d*** ~~e~~.', ['A b c d e.']],
  ['headings', '# One\nTwo?\n===\n## Three!\n', ['One.', 'Two?', 'Three!']],
  ['links', '[The docs](https://x.y "t"), [ref][1], <https://x.y>.\n\n[1]: /url', ['The docs, ref, https://x.y.']],
  ['lists', '- one\n- two!\n  1. nested\n- three\n', ['one.', 'two!', 'nested.', 'three.']],
  ['tasks', '- [ ] milk\n- [x] tea', ['milk.', 'tea.']],
  ['announced tasks', '- [ ] milk\n- [x] tea', ['To do: milk.', 'Done: tea.'], { tasks: 'announce' }],
  ['tables', '| Name | Age |\n|--|:-:|\n| *Ada* | 36 |\n| Bob | |\n', ['Name: Ada. Age: 36.', 'Name: Bob.']],
  ['code blocks', 'A\n\n```js\nlet b;\n```\n\nC', ['A', 'C']],
  ['kept code blocks', 'A\n\n```js\nlet b;\n```\n\nC', ['A', 'let b;', 'C'], { codeBlocks: 'keep' }],
  ['announced code blocks', '```\nlet b;\n```\n\nC', ['Code example.', 'C'], { codeBlocks: 'announce' }],
  ['code', 'Use `npm i` now.', ['Use npm i now.']],
  ['dropped code', 'Use `npm i` now.', ['Use now.'], { inlineCode: 'drop' }],
  ['announced code', 'Use `npm i` now.', ['Use Kode now.'], { inlineCode: 'announce', words: { inlineCode: 'Kode' } }],
  ['images', 'See ![a *cat*](x.png).', ['See a cat.']],
  ['HTML', 'A <b class="x">c</b><!-- d --> &amp; e.\n\n<div>f <i>g</i> &lt;</div>\n<script>no()</script>', ['A c & e.', 'f g <']],
  ['emoji', 'Hi 👋🏽 there 👨‍👩‍👧 ©.', ['Hi there ©.']],
  ['kept emoji', 'Hi 👋🏽.', ['Hi 👋🏽.'], { emoji: 'keep' }],
  ['footnotes', 'A[^1].\n\n[^1]: Note.', ['A.', 'Note.']],
  ['formulas', 'If $x^2_i$ and \\(y*z*\\), pay $5 or $6.\n\n$$\na_b\n$$', ['If and, pay $5 or $6.']],
  ['announced formulas', 'If $x_i$ then.', ['If formula then.'], { math: 'announce' }],
  ['kept formulas', 'If $x_i$ then.', ['If x_i then.'], { math: 'keep' }],
  ['thematic breaks and quotes', '> A *b*\n> c.\n\n---\n\nD', ['A b c.', 'D']],
  ['a dollar in code', '`$a` and `b$`', ['$a and b$']],
];

for (const [what, markdown, expected, options] of spoken) {
  test(`speaks ${what}`, async () => {
    expect(lines((await say(markdown, options)).replaceAll(' ,', ','))).toEqual(expected);
  });
}

test('whole words are pronounced as the dictionary says, by language and case', async () => {
  const pronunciations = { SQL: 'sequel', 'c++': 'see plus plus', GIF: { en: 'jiff', 'de-AT': 'Giff' } };
  const text = 'SQL, sql, MySQL, NoSQL5. C++ **GIF** Ñ-SQL.';
  expect(await say(text, { pronunciations, language: 'en-GB' })).toBe(
    'sequel, sql, MySQL, NoSQL5. see plus plus jiff Ñ-sequel.\n\n',
  );
  expect(await say('GIF', { pronunciations, language: 'de-AT' })).toBe('Giff\n\n');
  expect(await say('GIF', { pronunciations })).toBe('GIF\n\n');
});

test('gives a sentence before its paragraph ends, but not inside of markup', async () => {
  const given: string[] = [];
  async function* source() {
    for (const word of [
      'One',
      '. ',
      '*Two',
      '. ',
      'Three',
      '.* ',
      'Four `a',
      '. ',
      'b`. ',
      '[five',
      '. ](x',
      '. ',
      ') ',
      'end.',
    ]) {
      yield word;
      given.push(word);
    }
  }
  const heard: [number, string][] = [];
  for await (const text of speakable(source())) heard.push([given.length, text]);
  expect(heard).toEqual([
    [1, 'One. '],
    [5, 'Two. Three. '],
    [8, 'Four a. b. '],
    [14, 'five. end.\n\n'],
  ]);
});

test('gives items, rows and blocks when the next one begins', async () => {
  const pieces: string[] = [];
  for await (const text of speakable('- a\n- b\n\nc\n\n|d|\n|-|\n|e|\n|f|\n')) pieces.push(text.trim());
  expect(pieces).toEqual(['a.', 'b.', 'c', 'd: e.', 'd: f.']);
});

const options: SpeakableOptions = { codeBlocks: 'keep', emoji: 'keep', math: 'keep', pronunciations: { SQL: 'sequel' } };
const fragment = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '`',
    '```',
    '~~~',
    '[',
    ']',
    '(',
    ')',
    '![',
    '<',
    '>',
    '<b>',
    '</b>',
    '&amp;',
    '$',
    '$$',
    '\\',
    '\\[',
    '|',
    '---',
  ],
  ...[
    '\n',
    '\n\n',
    '\r\n',
    '- ',
    '1. ',
    '# ',
    '> ',
    '    ',
    '. ',
    '! ',
    ' ',
    'word',
    'SQL',
    'é',
    '👩‍👩‍👧',
    '。',
    '[^1]',
    '[^1]: ',
    '[a]: b\n',
    '=== ',
  ],
  ...['| a | b |\n', '|--|--|\n', '- [ ] x\n'],
);

test('the text does not depend on how the source is sliced', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fragment, { maxLength: 40 }), fc.array(fc.integer({ min: 1, max: 9 })), async (parts, sizes) => {
      const markdown = parts.join('');
      const slices: string[] = [];
      let at = 0;
      for (const size of sizes) slices.push(markdown.slice(at, (at += size)));
      slices.push(markdown.slice(at));
      const whole = await say(markdown, options);
      expect(await say(slices, options)).toBe(whole);
      expect(await say(markdown.split(''), options)).toBe(whole);
      expect(await say(parts, options)).toBe(whole);
    }),
    { numRuns: 500 },
  );
});

test('each piece knows its place, and places never leave the source', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fragment, { maxLength: 30 }), async (parts) => {
      const markdown = parts.join('');
      const text = speakable(markdown, options);
      let length = 0;
      for await (const piece of text.pieces()) {
        expect(piece.start).toBeGreaterThanOrEqual(0);
        expect(piece.end).toBeLessThanOrEqual(markdown.length);
        expect(piece.start).toBeLessThanOrEqual(piece.end);
        const range = text.sourceRangeOf(length, length + piece.text.length);
        expect(range).toEqual({ start: piece.start, end: piece.end });
        length += piece.text.length;
      }
      expect(text.sourceRangeOf(length, length + 1)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test('a word of the text is found in the source', async () => {
  const markdown = 'First. Then **SQL** and `code`.\n\n# A &amp; b\n\n- [x](y) last';
  const text = speakable(markdown, options);
  let said = '';
  for await (const piece of text) said += piece;
  for (const [word, there] of [
    ['First', 'First'],
    ['Then', 'Then'],
    ['sequel', 'SQL'],
    ['and', 'and'],
    ['code', '`code`'],
    ['last', 'last'],
  ] as const) {
    const at = said.indexOf(word);
    const range = text.sourceRangeOf(at, at + word.length)!;
    expect(markdown.slice(range.start, range.end)).toBe(there);
  }
});

test('refuses a wrong option at once and a wrong piece when it comes, and ends the source', async () => {
  expect(() => speakable('a', { codeBlocks: 'read' as 'keep' })).toThrow(
    new TypeError('speakable: codeBlocks is "read". It can be drop, keep, announce.'),
  );
  const ended = vi.fn<() => void>();
  function* source() {
    try {
      yield 42 as unknown as string;
    } finally {
      ended();
    }
  }
  await expect(say(source())).rejects.toThrow('A piece of the Markdown is number and not a string.');
  expect(ended).toHaveBeenCalledOnce();
});
