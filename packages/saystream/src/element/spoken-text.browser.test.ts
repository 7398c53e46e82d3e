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

test('what is not shown is not spoken', () => {
  const { said } = read('Shown. <span hidden>Hidden.</span><script>1</script><style>b {}</style><template>No.</template>');
  expect(said).toBe('Shown.');
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
