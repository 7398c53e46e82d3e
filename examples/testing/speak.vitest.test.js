import { createAudixa } from '@saystream/audixa';
import { createPlayer } from '@saystream/player';
import { expect, test } from 'vitest';
import 'saystream/element';

test('a page that speaks can be tested without a browser', () => {
  expect(createAudixa({ relay: '/speech' }).voice('am_ethan').vendor).toBe('audixa');
  expect(createPlayer().volume).toBe(1);
});

test('the element is defined and renders', () => {
  document.body.innerHTML = '<say-stream relay="/speech" vendor="audixa" voice="am_ethan">Hello.</say-stream>';
  expect(document.querySelector('say-stream').shadowRoot.querySelector('button')).not.toBeNull();
});
