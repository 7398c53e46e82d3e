import { describe, expect, it } from 'vitest';

import { espeakVoice } from './espeak-voice.ts';

const audixaVoices =
  'am_ethan af_luna ff_siwis am_eric af_aria af_bella af_lily af_zoey bm_lewis bm_harry bm_oliver jake emma custom_voice_12345'.split(
    ' ',
  );
const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
const peak = (samples: Float32Array): number => samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);

/** Share of the signal's power around each of 12 frequencies, averaged over windows of 5 ms. */
function spectrum(samples: Float32Array): number[] {
  const window = 120;
  const bands = Array.from({ length: 12 }, (_, band) => {
    const radians = (2 * Math.PI * (band * 500 + 250)) / 24_000;
    let power = 0;
    for (let start = 0; start + window <= samples.length; start += window) {
      let re = 0;
      let im = 0;
      for (let n = 0; n < window; n++) {
        const hann = 1 - Math.cos((2 * Math.PI * n) / window);
        re += hann * samples[start + n]! * Math.cos(radians * n);
        im += hann * samples[start + n]! * Math.sin(radians * n);
      }
      power += re * re + im * im;
    }
    return power;
  });
  const total = bands.reduce((sum, power) => sum + power, 0);
  return bands.map((power) => power / total);
}
const difference = (a: number[], b: number[]): number => a.reduce((sum, share, n) => sum + Math.abs(share - b[n]!), 0);

/** Median pitch in Hz over windows of 40 ms, by the highest peak of the autocorrelation between 60 and 400 Hz. */
function pitch(samples: Float32Array): number {
  const window = 960;
  const pitches: number[] = [];
  for (let start = 0; start + 2 * window <= samples.length; start += window) {
    if (rms(samples.subarray(start, start + window)) < 0.03) continue;
    let best = { lag: 0, sum: 0 };
    for (let lag = 60; lag <= 400; lag += 1) {
      let sum = 0;
      for (let n = start; n < start + window; n += 1) sum += samples[n]! * samples[n + lag]!;
      if (sum > best.sum) best = { lag, sum };
    }
    if (best.lag) pitches.push(24_000 / best.lag);
  }
  return pitches.toSorted((a, b) => a - b)[pitches.length >> 1] ?? 0;
}

describe('espeakVoice', () => {
  it.each([
    ['English', 'Hello from a web page. This is being spoken while it is still being made.', 3, 6],
    ['Swahili', 'Habari ya asubuhi, karibu sana nyumbani kwetu.', 2, 6],
    ['Arabic', 'مرحبا بالعالم، كيف حالك اليوم؟', 1.5, 6],
  ])('speaks %s at 24,000 Hz: audible, unclipped and of a sensible length', async (_name, text, leastSeconds, mostSeconds) => {
    const samples = await espeakVoice(text);
    expect(samples.length / 24_000).toBeGreaterThan(leastSeconds);
    expect(samples.length / 24_000).toBeLessThan(mostSeconds);
    expect(rms(samples)).toBeGreaterThan(0.03);
    expect(peak(samples)).toBeLessThanOrEqual(1);
  });

  it('sounds different for different texts and languages, and the same for the same text', async () => {
    const english = spectrum(await espeakVoice('The cat sat on the mat.'));
    const otherEnglish = spectrum(await espeakVoice('She sees the sea.'));
    const swahili = spectrum(await espeakVoice('Paka alikaa kwa mkeka wa nyumba.'));
    expect(difference(english, spectrum(await espeakVoice('The cat sat on the mat.')))).toBeLessThan(0.05);
    expect(difference(english, otherEnglish)).toBeGreaterThan(0.15);
    expect(difference(english, swahili)).toBeGreaterThan(0.15);
  });

  it('lasts longer for a longer text', async () => {
    const short = await espeakVoice('One.');
    const long = await espeakVoice('One, two, three, four, five, six, seven.');
    expect(long.length).toBeGreaterThan(short.length * 2);
  });

  it('speaks 5,000 characters while timers of the same process keep firing', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const samples = await espeakVoice(
      'The quick brown fox jumps over the lazy dog, and then it rests. '.repeat(79).slice(0, 5000),
    );
    clearInterval(timer);
    expect(samples.length / 24_000).toBeGreaterThan(200);
    expect(ticks).toBeGreaterThan(5);
  });

  it('speaks two texts at once without mixing their languages', async () => {
    const alone = await espeakVoice('Habari ya leo. '.repeat(60));
    const [together] = await Promise.all([
      espeakVoice('Habari ya leo. '.repeat(60)),
      espeakVoice('The end of the day. '.repeat(60)),
    ]);
    expect(Math.abs(together.length - alone.length)).toBeLessThan(alone.length * 0.01);
  });

  it.each(['a < b, <b>bold</b> & more', 'one [[two]] three', 'before\u0000after', 'half \ud83d an emoji', '😀', 'one\n\ntwo'])(
    'reads %j as characters and survives it',
    async (text) => {
      expect((await espeakVoice(text)).length).toBeGreaterThan(0);
    },
  );

  it('keeps speaking after a NUL character', async () => {
    const cut = await espeakVoice('one');
    expect((await espeakVoice('one\u0000two three four')).length).toBeGreaterThan(cut.length * 1.5);
  });

  it('has no samples for blank text', async () => {
    expect((await espeakVoice('  \n')).length).toBe(0);
  });

  it('speaks faster and slower, and at the usual speed again afterwards', async () => {
    const speak = async (speed: number): Promise<number> =>
      (await espeakVoice('She sells sea shells by the sea shore.', { vendor: 'audixa', voiceId: 'am_ethan', speed })).length;
    const usual = await speak(1);
    expect((await speak(2)) / usual).toBeLessThan(0.6);
    expect((await speak(0.5)) / usual).toBeGreaterThan(1.7);
    expect(Math.abs((await speak(1)) / usual - 1)).toBeLessThan(0.01);
  });

  it.each([
    ['audixa', audixaVoices, 'The quick brown fox jumps over the lazy dog.'],
    ['sauti', ['sauti-swahili-v1', 'sauti-test-v0'], 'Habari ya asubuhi, karibu sana nyumbani kwetu.'],
    ['moknah', ['1', '7', '12'], 'مرحبا بالعالم، كيف حالك اليوم؟'],
  ] as const)('plays any two voices of %s with another pitch or another timbre', async (vendor, voiceIds, text) => {
    const heard: { voiceId: string; pitch: number; spectrum: number[] }[] = [];
    for (const voiceId of voiceIds) {
      const samples = await espeakVoice(text, { vendor, voiceId, speed: 1 });
      expect(rms(samples)).toBeGreaterThan(0.02);
      heard.push({ voiceId, pitch: pitch(samples), spectrum: spectrum(samples) });
    }
    const alike = heard.flatMap((one, at) =>
      heard
        .slice(at + 1)
        .filter(
          (other) => Math.abs(Math.log2(one.pitch / other.pitch)) < 1 / 12 && difference(one.spectrum, other.spectrum) < 0.2,
        )
        .map((other) => `${one.voiceId} and ${other.voiceId}`),
    );
    expect(alike).toEqual([]);
  });
});
