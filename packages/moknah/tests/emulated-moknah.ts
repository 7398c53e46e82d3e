import { inject } from 'vitest';

import { createMoknah, type ClientEvent, type MoknahOptions, type SpeechStream } from '../src/index.ts';

const { url } = inject('emulator');
let runs = 0;

/** A client whose key misbehaves; each has an account of its own. */
export function client(scenario = '', more: Partial<Exclude<MoknahOptions, { relay: string | URL }>> = {}) {
  const events: ClientEvent[] = [];
  runs += 1;
  const run = `run-moknah${runs}${Math.random().toString(36).slice(2)}`;
  const apiKey = ['emulated-moknah-latency-5', run, ...(scenario ? [scenario] : [])].join('~');
  const moknah = createMoknah({
    baseUrl: url,
    apiKey,
    dangerouslyAllowBrowser: true,
    retry: { baseDelayMs: 5, maxDelayMs: 50 },
    onEvent: (event) => void events.push(event),
    ...more,
  });
  return { moknah, events, apiKey };
}

export async function voiceOf(spoken: string, rate = 24_000): Promise<Float32Array> {
  const response = await fetch(`${url}/emulator/voice?${new URLSearchParams({ text: spoken, rate: `${rate}` })}`);
  return new Float32Array(await response.arrayBuffer());
}

export async function accepted(apiKey: string): Promise<{ text: string; model: string; credits: number }[]> {
  const ledger = (await (await fetch(`${url}/emulator/ledger`)).json()) as { text: string; model: string; credits: number }[];
  return ledger.filter((entry) => entry.text.endsWith(apiKey));
}

export async function listen(stream: SpeechStream) {
  const chunks: Float32Array[] = [];
  let thrown: unknown;
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (error) {
    thrown = error;
  }
  return { samples: Float32Array.from(chunks.flatMap((chunk) => [...chunk])), thrown, outcome: await stream.outcome };
}
