import { speechErrorKinds } from '@saystream/errors';
import type { PlaybackErrorKind } from '@saystream/player';
import { afterEach, expect, test, vi } from 'vitest';

import { PlayerView, type PlayerHost, type PlayerShown } from './player-view.ts';

/** What the host says, and what else is to be shown. */
type Moment = Pick<PlayerHost, 'state' | 'currentTime' | 'duration' | 'error'> & PlayerShown;

const idle: Moment = {
  state: 'idle',
  sentence: undefined,
  error: null,
  label: 'idle',
  currentTime: 0,
  seconds: 0,
  duration: Number.NaN,
  levels: [],
};
const playing: Moment = { ...idle, state: 'playing', currentTime: 3, seconds: 12, duration: 12 };

let host: HTMLElement;
afterEach(() => host.remove());

function makeView() {
  const actions = { play: vi.fn<() => void>(), pause: vi.fn<() => void>() };
  const made = Object.assign(document.createElement('div'), idle, actions);
  host = document.body.appendChild(made);
  const shadow = new PlayerView(made);
  const view = { show: (moment: Moment): void => shadow.show(Object.assign(made, moment)) };
  const part = <E extends Element>(name: string): E => host.shadowRoot!.querySelector<E>(`[part=${name}]`)!;
  return { view, part, made };
}

test('the position can be moved only where the player can seek', () => {
  const { view, part, made } = makeView();
  const position = part<HTMLInputElement>('position');
  view.show(idle);
  expect(position.disabled).toBe(true);
  view.show(playing);
  expect(position).toMatchObject({ disabled: false, max: '12', value: '3' });
  expect(position.getAttribute('aria-valuetext')).toBe('0:03 / 0:12');
  position.dispatchEvent(new Event('pointerdown'));
  position.value = '7.5';
  position.dispatchEvent(new Event('input'));
  expect(made.currentTime).toBe(7.5);
});

test('an arrow key moves the position by a second', () => {
  const { view, part } = makeView();
  const position = part<HTMLInputElement>('position');
  view.show({ ...playing, currentTime: 3.2 });
  position.dispatchEvent(new Event('keydown'));
  position.stepUp();
  expect(position.valueAsNumber).toBe(4);
});

test('the position keeps the focus when the speech ends under it, and is locked once it has lost it', () => {
  const { view, part } = makeView();
  const position = part<HTMLInputElement>('position');
  view.show(playing);
  position.focus();
  view.show({ ...playing, state: 'ended', currentTime: 12 });
  expect(host.shadowRoot!.activeElement).toBe(position);
  position.blur();
  view.show({ ...playing, state: 'ended', currentTime: 12 });
  expect(position.disabled).toBe(true);
});

test('a button that a blocked page was pressed on means play, although the press itself lets the page sound', () => {
  const { view, part, made } = makeView();
  const button = part<HTMLButtonElement>('button');
  for (const press of ['pointerdown', 'keydown']) {
    view.show({ ...idle, state: 'waiting', label: 'blocked' });
    expect(button.getAttribute('aria-label')).toBe('Play');
    button.dispatchEvent(new Event(press));
    view.show(playing);
    button.click();
  }
  expect(made.play).toHaveBeenCalledTimes(2);
  expect(made.pause).not.toHaveBeenCalled();
  button.click(); // as a screen reader does it, without a press
  expect(made.pause).toHaveBeenCalledTimes(1);
});

test('a sentence of very many lines is cut, as where a language has no full stops', () => {
  const { view, part } = makeView();
  const height = (): number => part('player').getBoundingClientRect().height;
  view.show(playing);
  const empty = height();
  view.show({ ...playing, sentence: 'A word. '.repeat(700) });
  const full = height();
  expect(full).toBeGreaterThan(empty);
  expect(full).toBeLessThan(300);
});

test('a length that nobody knows yet is not shown', () => {
  const { view, part } = makeView();
  view.show({ ...idle, currentTime: 65, seconds: 80 });
  expect(part('time').textContent).toBe('1:05');
  view.show({ ...idle, currentTime: 65, seconds: 600, duration: 600 });
  expect(part('time').textContent).toBe('1:05 / 10:00');
});

test('what is said to screen readers is written only when it changes', async () => {
  const { view, part } = makeView();
  view.show(idle);
  view.show(idle); // the first takes its place, the second fills it
  const written = vi.fn<MutationCallback>();
  new MutationObserver(written).observe(part('player'), {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  view.show(idle);
  await new Promise((resolve) => setTimeout(resolve));
  expect(written).not.toHaveBeenCalled();
  view.show({ ...idle, label: 'waiting' });
  await new Promise((resolve) => setTimeout(resolve));
  expect(written).toHaveBeenCalled();
  expect(part('status').textContent).toBe('Loading…');
});

test.each(speechErrorKinds.flatMap((kind) => ['en', 'ar-EG', 'SW', 'xx'].map((lang) => ({ kind, lang }))))(
  'shows one sentence for $kind on a page in $lang, and no code',
  ({ kind, lang }) => {
    const { view, part } = makeView();
    host.lang = lang;
    view.show({ ...idle, state: 'failed', error: { kind } });
    const said = part('status').textContent;
    const script = lang === 'ar-EG' ? /^[\p{Script=Arabic}\p{M}\p{P} ]+$/u : /^[\p{Script=Latin}\p{P} ]+$/u;
    expect(said).toMatch(script);
    expect(said).toMatch(/\.$/);
    expect(said.length).toBeLessThan(80);
    expect(/^(?:This text|The voice|Your browser) /.test(said)).toBe(lang === 'en' || lang === 'xx');
  },
);

test('a kind that does not exist yet has a sentence too', () => {
  const { view, part } = makeView();
  // A newer version of the player may bring one.
  for (const kind of ['brand-new', 'toString', ''] as string[] as PlaybackErrorKind[]) {
    view.show({ ...idle, state: 'failed', error: { kind } });
    expect(part('status').textContent).toBe('This text cannot be read aloud at the moment.');
  }
});

test('the sentence of an error can be the page’s own, and is text whatever it holds', () => {
  const { view, part } = makeView();
  host.setAttribute('label-busy', '<img src=x onerror=alert(1)>');
  view.show({ ...idle, state: 'failed', error: { kind: 'rate-limited' } });
  expect(part('status').textContent).toBe('<img src=x onerror=alert(1)>');
  expect(host.shadowRoot?.querySelector('img')).toBeNull();
});

test('its words are in the language around it, also through a shadow tree', () => {
  const { view, part } = makeView();
  document.documentElement.lang = 'sw';
  view.show(idle);
  expect(part('status').textContent).toBe('Sikiliza maandishi haya');
  const outer = document.createElement('div');
  outer.lang = 'ar';
  document.body.append(outer);
  outer.attachShadow({ mode: 'open' }).append(host);
  view.show(idle);
  expect(part('status').textContent).toBe('استمع إلى هذا النص');
  expect(part('button').getAttribute('aria-label')).toBe('تشغيل');
  outer.remove();
  document.documentElement.lang = 'en';
});

test('every word can be another language’s', () => {
  const { view, part } = makeView();
  host.setAttribute('label-play', 'Cheza');
  host.setAttribute('label-idle', 'Sikiliza');
  view.show(idle);
  expect(part('button').getAttribute('aria-label')).toBe('Cheza');
  expect(part('status').textContent).toBe('Sikiliza');
});
