import { afterEach, expect, test, vi } from 'vitest';

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
  [
    'a speaker written as an attribute',
    '<say-stream relay="/speech" voice="am_ethan" speaker="[object Object]">Hello.</say-stream>',
    'speaker is a property. Set it by script.',
  ],
] as const) {
  test(`${mistake} is a speech that failed, with an event`, async () => {
    const element = add(html);
    const told = new Promise<Event>((resolve) => element.addEventListener('error', resolve));
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const report = await element.play();
    expect(report).toMatchObject({ verdict: 'failed', error: { kind: 'invalid-request', message: says, billed: 'no' } });
    expect(await told).toMatchObject({ message: says, error: report.error });
    expect(logged).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(says));
    logged.mockRestore();
    expect(element.shadowRoot?.querySelector('[part=status]')?.textContent).toBe('This text cannot be read aloud at the moment.');
    expect(element).toMatchObject({ state: 'failed', error: report.error });
  });
}

test('a page on disk is told that it needs a server', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { error } = await add('<say-stream relay="file:///speech" voice="am_ethan">Hello.</say-stream>').play();
  expect(error?.message).toBe('A page from disk has no relay. Serve it over http, for instance from localhost.');
  logged.mockRestore();
});

const members = {
  ...{ relay: '/speech', vendor: 'sauti', voice: 'v', model: 'base', language: 'sw' },
  ...{ speed: 1.5, rate: 0.5, autoplay: false },
};
type Member = keyof typeof members;

test('every documented member is a property that `in` sees', () => {
  const element = add('<say-stream>Hello.</say-stream>');
  const script = ['speaker', 'currentTime', 'duration', 'state', 'error', 'play', 'pause', 'stop'];
  for (const name of [...Object.keys(members), ...script]) expect(name in element, name).toBe(true);
});

test.each(Object.entries(members))('%s reflects its attribute', (name, value) => {
  const element = add('<say-stream>Hello.</say-stream>');
  const member = name as Member;
  const usual = element[member];
  Reflect.set(element, member, value);
  expect(element.getAttribute(member)).toBe(value === false ? null : String(value));
  expect(element[member]).toBe(value);
  for (const nothing of [undefined, null]) {
    Reflect.set(element, member, value);
    Reflect.set(element, member, nothing);
    expect(element.hasAttribute(member)).toBe(false);
    expect(element[member]).toBe(usual);
  }
  element.setAttribute(member, value === false ? '' : String(value));
  expect(element[member]).toBe(value === false ? true : value);
});

test.each([
  ['', true],
  ['autoplay', true],
  ['true', true],
  ['false', false],
  [' FALSE ', false],
])('autoplay="%s" is %s', (written, isOn) => {
  const element = document.createElement('say-stream');
  element.setAttribute('autoplay', written);
  expect(element.autoplay).toBe(isOn);
});

test.each([
  [true, true],
  ['', true],
  [1, true],
  [false, false],
  ['false', false],
  [0, false],
  [null, false],
  [undefined, false],
])('the autoplay property set to %j is %s', (value, isOn) => {
  const element = document.createElement('say-stream');
  element.setAttribute('autoplay', '');
  Reflect.set(element, 'autoplay', value);
  expect([element.autoplay, element.hasAttribute('autoplay')]).toEqual([isOn, isOn]);
});

test('properties that were set before the element was registered count', () => {
  const element = document.createElement('say-later') as SayStreamElement;
  const speaker = { vendor: 'mine' } as unknown as NonNullable<SayStreamElement['speaker']>;
  Object.assign(element, { relay: '/speech', speed: 1.25, autoplay: false, speaker });
  document.body.append(element);
  defineSayStream('say-later');
  expect(element).toMatchObject({ relay: '/speech', speed: 1.25, autoplay: false, speaker });
  expect(element.outerHTML).toBe('<say-later relay="/speech" speed="1.25"></say-later>');
  element.relay = '/other';
  expect(element.getAttribute('relay')).toBe('/other');
});
