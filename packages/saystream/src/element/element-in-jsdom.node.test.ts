import { JSDOM } from 'jsdom';
import { expect, test, vi } from 'vitest';

test('a page of jsdom, which has neither style sheets to adopt nor sound, shows the element and gets an error for play()', async () => {
  const { window } = new JSDOM('<html lang="en"><body></body></html>', { url: 'http://localhost/' });
  expect('replaceSync' in window.CSSStyleSheet.prototype).toBe(false);
  const names = [
    'window',
    'document',
    'navigator',
    'customElements',
    'HTMLElement',
    'Element',
    'Text',
    'ShadowRoot',
    'CSSStyleSheet',
  ];
  const more = ['Event', 'EventTarget', 'ErrorEvent', 'getComputedStyle', 'MutationObserver'];
  for (const name of [...names, ...more]) vi.stubGlobal(name, Reflect.get(window, name));
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await import('../element.ts');
  window.document.body.innerHTML = '<say-stream relay="/speech" voice="am_ethan">Hello <b hidden>not</b>there.</say-stream>';
  const element = window.document.querySelector('say-stream')!;
  expect(element.shadowRoot?.querySelector('[part=status]')?.textContent).toBe('Listen to this text');
  element.pause();
  element.stop();
  const { verdict, error } = await element.play();
  expect([verdict, error?.kind]).toEqual(['failed', 'playback-blocked']);
  expect(element.shadowRoot?.querySelector('[part=status]')?.textContent).toBe('Your browser does not let this page play sound.');
  expect(logged).toHaveBeenCalledOnce();
  element.remove();
  vi.unstubAllGlobals();
  window.close();
});
