import { afterEach, expect, test } from 'vitest';

import { spokenText } from './spoken-text.ts';

const root = document.createElement('div');
document.body.append(root);
afterEach(() => root.replaceChildren());

function read(html: string) {
  root.innerHTML = html;
  return spokenText(root);
}

test('white space of the markup is not spoken', () => {
  expect(read('\n  Hello\n  from <b>here</b>.\n').said).toBe('Hello from here.');
  expect(read('<!-- nothing --> \n').said).toBe('');
});

test('words of two blocks never run together, those of one word in two tags do', () => {
  expect(read('<h2>A title</h2><p>A <i>para</i>graph.</p><div>Another.</div>').said).toBe('A title\nA paragraph.\nAnother.');
});

test('a line that is broken in the page is broken in speech, a word that may be is not', () => {
  expect(read('One<br>Two<hr>Three').said).toBe('One\nTwo\nThree');
  expect(read('Donau&shy;dampf&shy;schiff').said).toBe('Donaudampfschiff');
});

test('what is not shown is not spoken', () => {
  const { said } = read(
    'Shown. <span hidden>Hidden.</span><i style="display: none"><b>Hidden.</b></i><script>1</script><style>b {}</style>' +
      '<template>No.</template><noscript>No.</noscript>',
  );
  expect(said).toBe('Shown.');
});

test('a reading above a word is not spoken after it', () => {
  expect(read('<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>です。').said).toBe('漢字です。');
});

test('an element that is not in the page is read as well, but not its scripts', () => {
  const element = document.createElement('div');
  element.innerHTML = 'Not <b>yet</b> there.<script>1</script>';
  expect(spokenText(element).said).toBe('Not yet there.');
});

test('the host itself may be hidden: it is spoken by a button of the page', () => {
  root.hidden = true;
  expect(read('Still spoken.').said).toBe('Still spoken.');
  root.hidden = false;
});

test('each place of the text is found in the page, over the borders of tags', () => {
  const { raw, rangeOf } = read('<p>One <b>and</b> a half.</p><p>Two.</p>');
  const range = (words: string): string => rangeOf(raw.indexOf(words), raw.indexOf(words) + words.length).toString();
  for (const words of ['One and a half.', 'and', 'Two.', 'half']) expect(range(words)).toBe(words);
});

test('a page that changed its text meanwhile gets what is left, and no error', () => {
  const { raw, rangeOf } = read('A text that will be shorter.');
  (root.firstChild as Text).data = 'Gone';
  expect(rangeOf(2, raw.length).toString()).toBe('ne');
});
