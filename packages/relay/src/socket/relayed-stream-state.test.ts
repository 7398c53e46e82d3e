import { expect, test } from 'vitest';

import type { Grant } from '../access/access.ts';
import { ownCloses } from './close-codes.ts';
import { firstState, nextRelayedState, type RelayedStreamEvent, type RelayedStreamState } from './relayed-stream-state.ts';

const grant: Grant = { user: 'u', origin: 'https://app.example', vendor: 'audixa', maxChars: 100, id: 'i' };
const after = (...events: readonly RelayedStreamEvent[]): RelayedStreamState => events.reduce(nextRelayedState, firstState);

const text = { type: 'page-text', text: '{}' } as const;
const granted = { type: 'granted', grant } as const;
const metered = { type: 'metered', frame: '{"text":"a"}' } as const;
const open = { type: 'vendor-open' } as const;
const running = [text, granted, metered, open] as const;
const closeOf = (state: RelayedStreamState) => (state.name === 'ended' ? state.ending.close : 'not ended');
const endingOf = (state: RelayedStreamState) => (state.name === 'ended' ? state.ending : undefined);

test('a request is metered once the token is judged, whichever comes first', () => {
  expect(after(text, granted)).toEqual({ name: 'metering', grant, request: '{}' });
  expect(after(granted, text)).toEqual({ name: 'metering', grant, request: '{}' });
  expect(after(text)).toMatchObject({ name: 'admitting' });
  expect(after(granted)).toMatchObject({ name: 'listening' });
});

test('the vendor is dialled after the limits have let the request through, and handed it when it is open', () => {
  expect(after(text, granted, metered)).toEqual({ name: 'dialling', frame: metered.frame });
  expect(after(...running)).toEqual({ name: 'running', frame: metered.frame });
});

test.each<[string, readonly RelayedStreamEvent[]]>([
  ['while the token is judged', [text, text]],
  ['while it is metered', [granted, text, text]],
  ['while the vendor is dialled', [text, granted, metered, text]],
  ['while the stream runs', [...running, text]],
])('a second request %s closes with 4400', (_, events) => {
  expect(closeOf(after(...events))).toBe(ownCloses.secondRequest);
});

test('a binary request closes with 4415', () => {
  expect(closeOf(after({ type: 'page-binary' }))).toBe(ownCloses.notText);
  expect(closeOf(after(granted, { type: 'page-binary' }))).toBe(ownCloses.notText);
});

test('only a page that owes its request is late with it', () => {
  const late = { type: 'stopped', why: 'noRequest' } as const;
  expect(closeOf(after(late))).toBe(ownCloses.noRequest);
  expect(closeOf(after(granted, late))).toBe(ownCloses.noRequest);
  expect(after(text, late).name).toBe('admitting');
  expect(after(...running, late).name).toBe('running');
});

test('a relay that is closing sends away what has not begun, and lets the rest end', () => {
  const draining = { type: 'draining' } as const;
  expect(closeOf(after(draining))).toBe(ownCloses.draining);
  expect(closeOf(after(granted, draining))).toBe(ownCloses.draining);
  expect(after(text, granted, draining).name).toBe('metering');
  expect(after(...running, draining).name).toBe('running');
});

test('the vendor’s close passes, and a broken connection becomes 1014', () => {
  expect(closeOf(after(...running, { type: 'vendor-closed', code: 1011, reason: 'Redis' }))).toEqual({
    code: 1011,
    reason: 'Redis',
  });
  expect(closeOf(after(...running, { type: 'vendor-closed', code: 1005, reason: '' }))).toEqual({ code: undefined, reason: '' });
  expect(closeOf(after(...running, { type: 'vendor-closed', code: 1006, reason: '' }))).toEqual({ code: 1014, reason: '' });
});

test('before the vendor was open its end is a failure to connect, and nothing was handed over', () => {
  const state = after(text, granted, metered, { type: 'vendor-closed', code: 1006, reason: '' });
  expect(endingOf(state)).toMatchObject({ close: ownCloses.vendorUnreachable, handedOver: false });
});

test('only what ran was handed over', () => {
  const gone = { type: 'page-gone' } as const;
  expect(endingOf(after(...running, gone))?.handedOver).toBe(true);
  for (let events = 0; events < running.length; events += 1) {
    expect(endingOf(after(...running.slice(0, events), gone))?.handedOver).toBe(false);
  }
});

test('a stream ends once: nothing changes it afterwards', () => {
  const ended = after(...running, { type: 'vendor-closed', code: 1000, reason: '' });
  const later: readonly RelayedStreamEvent[] = [
    text,
    granted,
    metered,
    open,
    { type: 'page-binary' },
    { type: 'page-gone' },
    { type: 'page-mistake', close: ownCloses.tooLarge },
    { type: 'vendor-refused', status: 500, retryAfterMs: undefined },
    { type: 'vendor-broken' },
    { type: 'vendor-unreachable' },
    { type: 'vendor-closed', code: 1011, reason: '' },
    { type: 'refused', refusal: { status: 429, code: 'x', detail: 'x' } },
    { type: 'stopped', why: 'tooOld' },
    { type: 'draining' },
  ];
  for (const event of later) expect(nextRelayedState(ended, event)).toBe(ended);
});

test('what came before a break is the page’s, unless the page is the trouble', () => {
  expect(endingOf(after(...running, { type: 'stopped', why: 'vendorSilent' }))?.page).toBe('sent');
  expect(endingOf(after(...running, { type: 'stopped', why: 'slowReader' }))?.page).toBe('dropped');
});
