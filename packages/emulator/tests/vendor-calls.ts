// A synthesis of each vendor, as its pages write it.
import type { Emulator } from '../src/index.ts';
import { exchange, type RawAnswer, type RawCall } from './raw-exchange.ts';

export const vendors = ['audixa', 'sauti', 'moknah'] as const;
export type Vendor = (typeof vendors)[number];

interface Synthesis {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The request of a vendor for a text. */
function synthesisOf(emulator: Emulator, vendor: Vendor, apiKey: string, text = 'Hello.'): Synthesis {
  switch (vendor) {
    case 'audixa':
      return {
        url: `${emulator.audixa.baseUrl}/tts`,
        headers: { 'x-api-key': apiKey },
        body: JSON.stringify({ text, voice_id: 'am_ethan' }),
      };
    case 'sauti':
      return {
        url: `${emulator.sauti.baseUrl}/text-to-speech/sauti-swahili-v1`,
        headers: { 'xi-api-key': apiKey },
        body: JSON.stringify({ text }),
      };
    case 'moknah':
      return {
        url: `${emulator.moknah.baseUrl}/tts/generate/`,
        headers: { authorization: `Bearer ${apiKey}` },
        body: JSON.stringify({ text, voice_id: 1, output_format: 'pcm_24000' }),
      };
  }
}

/** Asks over a bare socket. */
export function synthesise(emulator: Emulator, vendor: Vendor, scenario: string, call: RawCall = {}): Promise<RawAnswer> {
  const { url, headers, body } = synthesisOf(emulator, vendor, emulator.scenario(scenario));
  return exchange(url, { method: 'POST', body, ...call, headers: { 'content-type': 'application/json', ...headers } });
}
