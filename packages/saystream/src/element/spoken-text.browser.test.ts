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

for (const [what, html, said] of [
  ['an icon for the eye only', '<i aria-hidden="true">directions_boat</i> The ferry.', 'The ferry.'],
  ['aria-hidden="false" hides nothing', '<i aria-hidden="false">Shown.</i>', 'Shown.'],
  ['visibility: hidden', 'Shown.<b style="visibility: hidden"> Not.</b>', 'Shown.'],
  ['a visible child of a hidden element', '<b style="visibility: hidden">No <i style="visibility: visible">yes</i></b>', 'yes'],
  [
    'a table row that is collapsed',
    '<table><tr style="visibility: collapse"><td>No</td></tr><tr><td>Yes</td></tr></table>',
    'Yes',
  ],
  ['inert', 'Shown.<b inert> Not.</b>', 'Shown.'],
  ['content-visibility: hidden', 'Shown.<div style="content-visibility: hidden">Not.</div>', 'Shown.'],
  ['content-visibility: auto', 'Shown.<div style="content-visibility: auto">Too.</div>', 'Shown.\nToo.'],
  ['hidden until found', 'Shown.<div hidden="until-found">Not.</div>', 'Shown.'],
  ['a closed details', '<details>No <b>no</b><summary>Title</summary><p>No.</p><summary>No.</summary></details>', 'Title'],
  ['an open details', '<details open><summary>Title</summary><p>Yes.</p></details>', 'Title\nYes.'],
  ['a closed dialog and popover', 'Shown.<dialog>No.</dialog><div popover>No.</div>', 'Shown.'],
  ['display: contents', '<div style="display: contents"><b>Shown.</b></div>', 'Shown.'],
  ...['audio', 'video', 'canvas', 'iframe', 'object', 'meter', 'progress', 'textarea', 'noscript', 'template'].map(
    (name) => [`what stands inside ${name}`, `Before <${name}>fallback</${name}> after.`, 'Before after.'] as const,
  ),
  ['options', 'Pick <select><option>One</option></select><datalist><option>Two</option></datalist> now.', 'Pick now.'],
  [
    'what a drawing does not paint',
    'See <svg><title>Boat</title><desc>A boat</desc><defs><text>No</text></defs><text>Pier</text></svg>.',
    'See\nPier\n.',
  ],
  [
    'a formula of KaTeX',
    'So <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow>' +
      '<annotation encoding="application/x-tex">E=m</annotation></semantics></math></span>' +
      '<span class="katex-html" aria-hidden="true">E=m</span></span>.',
    'So E=m.',
  ],
  [
    'text for screen readers only',
    '<i aria-hidden="true">★★</i><span style="position: absolute; width: 1px; height: 1px; overflow: hidden">2 stars</span>',
    '2 stars',
  ],
] as const) {
  test(`what is shown is spoken, and only that: ${what}`, () => {
    expect(read(html).said).toBe(said);
  });
}

test('the child of a component that has no slot for it is not spoken', () => {
  root.innerHTML = '<div>Not shown.</div><p>Shown.</p>';
  root.firstElementChild!.attachShadow({ mode: 'open' }).innerHTML = '<b>Its own.</b>';
  expect(spokenText(root).said).toBe('Shown.');
  root.innerHTML = '<div><i>Not shown.</i></div><p>Shown.</p>';
  root.firstElementChild!.attachShadow({ mode: 'closed' });
  expect(spokenText(root).said).toBe('Shown.');
  root.innerHTML = '<div><i>Shown.</i></div>';
  root.firstElementChild!.attachShadow({ mode: 'open' }).innerHTML = '<slot></slot>';
  expect(spokenText(root).said).toBe('Shown.');
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
  root.style.visibility = 'hidden';
  expect(read('Still <b>spoken</b>.').said).toBe('Still spoken.');
  root.style.visibility = '';
  root.inert = true;
  root.ariaHidden = 'true';
  expect(read('Still spoken.').said).toBe('Still spoken.');
  root.inert = false;
  root.ariaHidden = null;
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
