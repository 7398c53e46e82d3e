import { afterEach, expect, test } from 'vitest';

import { defineSayStream, SayStreamElement } from '../element.ts';

afterEach(() => document.body.replaceChildren());

function add(html: string): SayStreamElement {
  document.body.innerHTML = html;
  return document.body.firstElementChild as SayStreamElement;
}

test('importing registers it once, and another name can be given', () => {
  const registered = customElements.get('say-stream');
  expect(add('<say-stream>Hello.</say-stream>')).toBeInstanceOf(SayStreamElement);
  defineSayStream();
  expect(customElements.get('say-stream')).toBe(registered);
  defineSayStream('read-aloud');
  expect(add('<read-aloud>Hello.</read-aloud>')).toBeInstanceOf(SayStreamElement);
});

test('its text stays the page’s own', () => {
  const element = add('<say-stream>Hello <b>there</b>.</say-stream>');
  expect(element.innerText.trim()).toBe('Hello there.');
  expect(element.querySelector('b')?.textContent).toBe('there');
});

test('before it has played it is idle, and may be told to pause or stop', () => {
  const element = add('<say-stream>Hello.</say-stream>');
  element.pause();
  element.stop();
  expect(element).toMatchObject({ state: 'idle', currentTime: 0, duration: Number.NaN, error: null });
});

for (const [mistake, html, says] of [
  ['no relay', '<say-stream>Hello.</say-stream>', 'The relay attribute is missing.'],
  ['an unknown vendor', '<say-stream relay="/speech" vendor="toString">Hello.</say-stream>', 'There is no vendor "toString".'],
  ['no text', '<say-stream relay="/speech"> </say-stream>', 'There is no text.'],
] as const) {
  test(`${mistake} is a speech that failed, with an event`, async () => {
    const element = add(html);
    const told = new Promise<Event>((resolve) => element.addEventListener('error', resolve));
    const report = await element.play();
    expect(report).toMatchObject({ verdict: 'failed', error: { kind: 'invalid-request', message: says, billed: 'no' } });
    await told;
    expect(element).toMatchObject({ state: 'failed', error: report.error });
  });
}
