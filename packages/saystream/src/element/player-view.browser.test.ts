import { afterEach, expect, test, vi } from 'vitest';

import { PlayerView, type PlayerShown } from './player-view.ts';

const idle: PlayerShown = {
  state: 'idle',
  sentence: undefined,
  error: undefined,
  label: 'idle',
  currentTime: 0,
  seconds: 0,
  duration: Number.NaN,
  levels: [],
  canSeek: false,
};

let host: HTMLElement;
afterEach(() => host.remove());

function makeView() {
  host = document.body.appendChild(document.createElement('div'));
  const [onButton, onPosition] = [vi.fn<() => void>(), vi.fn<(seconds: number) => void>()];
  const view = new PlayerView(host, onButton, onPosition);
  const part = <E extends Element>(name: string): E => host.shadowRoot!.querySelector<E>(`[part=${name}]`)!;
  return { view, part, onPosition };
}

test('the position can be moved only where the player can seek', () => {
  const { view, part, onPosition } = makeView();
  const position = part<HTMLInputElement>('position');
  view.show(idle);
  expect(position.disabled).toBe(true);
  view.show({ ...idle, state: 'playing', currentTime: 3, seconds: 12, duration: 12, canSeek: true });
  expect(position).toMatchObject({ disabled: false, max: '12', value: '3' });
  expect(position.getAttribute('aria-valuetext')).toBe('0:03 / 0:12');
  position.value = '7.5';
  position.dispatchEvent(new Event('input'));
  expect(onPosition).toHaveBeenCalledWith(7.5);
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

test('a vendor’s words are text, whatever they hold', () => {
  const { view, part } = makeView();
  view.show({ ...idle, state: 'failed', error: { message: '<img src=x onerror=alert(1)>', advice: '<b>No.</b>' } });
  expect(part('status').textContent).toBe('<img src=x onerror=alert(1)><b>No.</b>');
  expect(host.shadowRoot?.querySelector('img, b')).toBeNull();
});

test('every word can be another language’s', () => {
  const { view, part } = makeView();
  host.setAttribute('label-play', 'Cheza');
  host.setAttribute('label-idle', 'Sikiliza');
  view.show(idle);
  expect(part('button').getAttribute('aria-label')).toBe('Cheza');
  expect(part('status').textContent).toBe('Sikiliza');
});
