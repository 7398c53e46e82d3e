import { inject } from 'vitest';

import { createAudixa, type AudixaOptions } from '../src/index.ts';

type ClientEvent = Parameters<NonNullable<AudixaOptions['onEvent']>>[0];
type Accepted = { readonly text: string; readonly generationId: string };

const { url, baseUrl } = inject('emulator');
export const voiceId = 'am_ethan';
let runs = 0;

/** A client whose key misbehaves; each has an account of its own, and hears of every request it makes. */
export function client(scenario = '', more: Partial<Exclude<AudixaOptions, { relay: string | URL }>> = {}) {
  const events: ClientEvent[] = [];
  const requests: { readonly method: string; readonly url: URL }[] = [];
  runs += 1;
  const run = `run-audixa${runs}${Math.random().toString(36).slice(2)}`;
  const apiKey = ['emulated-burst', run, ...(scenario ? [scenario] : [])].join('~');
  const audixa = createAudixa({
    baseUrl,
    apiKey,
    dangerouslyAllowBrowser: true,
    retry: { baseDelayMs: 5, maxDelayMs: 50 },
    onEvent: (event) => void events.push(event),
    fetch: (input, init) => {
      const { method, url: address } = new Request(input, init);
      requests.push({ method, url: new URL(address) });
      return fetch(input, init);
    },
    ...more,
  });
  return { audixa, events, requests, apiKey };
}

/** A client whose vendor gives these answers, in turn, and the last one for ever; with the bodies that it was sent. */
export function scripted(origin: string | undefined, ...answers: readonly (() => Response)[]) {
  const sent: { readonly path: string; readonly body: string }[] = [];
  const { audixa, events } = client('', {
    ...(origin && { baseUrl: origin }),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      sent.push({ path: pathname + search, body: await request.text() });
      return answers[Math.min(sent.length, answers.length) - 1]!();
    },
  });
  return { audixa, events, sent };
}

export const json =
  (value: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });

/** What the vendor has accepted of texts that end so. */
export async function accepted(ending: string): Promise<Accepted[]> {
  const ledger = (await (await fetch(`${url}/emulator/ledger`)).json()) as Accepted[];
  return ledger.filter(({ text }) => text.endsWith(ending));
}

/** How many samples a text has at 24,000 Hz. */
export async function samplesOf(text: string): Promise<number> {
  const response = await fetch(`${url}/emulator/voice?${new URLSearchParams({ text })}`);
  return (await response.arrayBuffer()).byteLength / Float32Array.BYTES_PER_ELEMENT;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
