import { createAudixa, type ClientOptions, type Voice } from 'saystream';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { demoVendors, type ListedVoice } from '../page/demo-vendors.ts';
import { scenarioGroups } from '../scenario-catalogue.ts';
import { vendorNames, type VendorName } from '../vendor-names.ts';
import { clientsOfDemo } from './clients-of-demo.ts';
import { rehearsalRelay, usualRelay } from './demo-relays.ts';
import { startDemo, type Demo } from './start-demo.ts';

const texts = {
  audixa: 'The quick brown fox jumps over the lazy dog.',
  sauti: 'Habari ya asubuhi, karibu sana nyumbani kwetu.',
  moknah: 'مرحبا بالعالم، كيف حالك اليوم؟ أنا بخير والحمد لله، شكرا.',
} as const;
/** Moknah's account serves one request at a time. */
const atOnce = { audixa: 7, sauti: 2, moknah: 1 } as const;

let demo: Demo;
let options: ClientOptions;
beforeAll(async () => {
  demo = await startDemo({ port: 0 });
  options = clientsOfDemo(demo.url, usualRelay);
});
afterAll(() => demo.close());

async function listVoices(vendor: VendorName): Promise<ListedVoice[]> {
  const voices: ListedVoice[] = [];
  for await (const voice of demoVendors[vendor].voices(options)) voices.push(voice);
  return voices;
}

/** WAV files of the test's text, in the order of the voices. */
async function hear(vendor: VendorName, voices: readonly Voice[]): Promise<Buffer[]> {
  const files: Buffer[] = [];
  for (let at = 0; at < voices.length; at += atOnce[vendor]) {
    const some = voices.slice(at, at + atOnce[vendor]).map(async (voice) => Buffer.from(await voice.say(texts[vendor]).toWav()));
    files.push(...(await Promise.all(some)));
  }
  return files;
}

const secondsOf = (wav: Buffer): number => (wav.length - 44) / wav.readUInt32LE(28);

test.each([
  ['audixa', 14],
  ['sauti', 1],
  ['moknah', 3],
] as const)(
  '%s lists its %d voices, and no two of them give the same bytes',
  async (vendor, count) => {
    const voices = await listVoices(vendor);
    expect(voices).toHaveLength(count);
    expect(voices.map(({ voiceId }) => voiceId)).toContain(demoVendors[vendor].usualVoice.voiceId);
    const files = await hear(
      vendor,
      voices.map((voice) => demoVendors[vendor].voice(options, voice, 1)),
    );
    expect(new Set(files.map((file) => file.toString('latin1'))).size).toBe(count);
    for (const file of files) expect(secondsOf(file)).toBeGreaterThan(0.8);
  },
  60_000,
);

test.each(vendorNames)(
  '%s takes as much less time as each speed of the picker says',
  async (vendor) => {
    const { speeds, usualVoice, voice } = demoVendors[vendor];
    const files = await hear(
      vendor,
      speeds.map((speed) => voice(options, usualVoice, speed)),
    );
    const usual = secondsOf(files[speeds.indexOf(1)]!);
    for (const [at, speed] of speeds.entries()) {
      const share = secondsOf(files[at]!) / usual;
      expect(share * speed).toBeGreaterThan(0.85);
      expect(share * speed).toBeLessThan(1.15);
    }
  },
  60_000,
);

test('Audixa makes the same voices and speeds heard in files made over HTTP', async () => {
  const audixa = createAudixa(options);
  const make = async (voiceId: string, speed: number): Promise<Buffer> =>
    Buffer.from((await audixa.generate({ text: texts.audixa, voiceId, speed })).bytes);
  const [ethan, fastEthan, luna] = await Promise.all([make('am_ethan', 1), make('am_ethan', 2), make('af_luna', 1)]);
  expect(secondsOf(ethan) / secondsOf(fastEthan)).toBeGreaterThan(1.7);
  expect(luna.equals(ethan)).toBe(false);
}, 60_000);

const rehearsals = (['sauti', 'moknah'] as const).flatMap((vendor) =>
  scenarioGroups[vendor].flatMap(({ title, scenarios }) =>
    scenarios.map(({ name }) => [vendor, name, title.startsWith('Odd')] as const),
  ),
);

test.each(rehearsals)(
  '%s rehearses %s (heard to its end: %s)',
  async (vendor, scenario, isWhole) => {
    const rehearsal = {
      ...clientsOfDemo(demo.url, `${rehearsalRelay}/${scenario}`),
      timeouts: { firstAudioMs: 3_000, stallMs: 2_000 },
      retry: { tries: 3 },
    };
    const speech = demoVendors[vendor].voice(rehearsal, demoVendors[vendor].usualVoice, 1).say(texts[vendor]);
    await speech.toWav().catch(() => undefined);
    const { verdict, error } = await speech.outcome;
    expect(error === undefined).toBe(isWhole);
    expect(verdict === 'completed').toBe(isWhole);
  },
  30_000,
);
