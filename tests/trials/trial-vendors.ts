import type { Emulator } from '@saystream/emulator';
import { createAudixa, createMoknah, createSauti, type ClientEvent, type RetryOptions, type Timeouts } from 'saystream';

/** What a call gave. */
export interface TrialResult {
  /** At 24,000 Hz, as far as the format can tell; undefined when no sound was asked for. */
  readonly samples?: number;
  /** How far off a format of frames may be. */
  readonly tolerance?: number;
  /** As the vendor names it, where it does. */
  readonly generationId?: string;
}

/** The options that all clients share. */
interface TrialOptions {
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
  readonly onEvent: (event: ClientEvent) => void;
  readonly retry: Partial<RetryOptions>;
  readonly timeouts: Partial<Timeouts>;
}

/** One vendor on trial. */
export interface TrialVendor {
  readonly name: 'audixa' | 'sauti' | 'moknah';
  /** Few where the client paces itself: nobody waits for a minute here. */
  readonly callsPerKey: number;
  /** A lost tail cannot be told from a short speech: samples and MP3 without a length of the whole. */
  readonly hasNoLength?: true;
  /** What else the keys mean. */
  readonly scenarios: readonly string[];
  open(emulator: Emulator, options: TrialOptions): (text: string, index: number) => Promise<TrialResult>;
}

const rate = 24_000;
const atVoiceRate = (durationMs: number | undefined): number => Math.round(((durationMs ?? 0) / 1_000) * rate);

const audixa: TrialVendor = {
  name: 'audixa',
  callsPerKey: 4,
  scenarios: ['burst'],
  open(emulator, options) {
    const client = createAudixa({ ...options, baseUrl: emulator.audixa.baseUrl });
    const voiceId = 'am_ethan';
    return async (text, index) => {
      if (index % 3 === 0) return client.submit({ text, voiceId });
      let generationId = '';
      const onStatus = (generation: { readonly generationId: string }) => {
        // The job is done by the time of the first poll.
        if (!generationId) emulator.clock.advance(150);
        generationId = generation.generationId;
      };
      const { durationMs } = await client.generate({ text, voiceId }, { onStatus });
      return { generationId, samples: atVoiceRate(durationMs) };
    };
  },
};

const sauti: TrialVendor = {
  name: 'sauti',
  // Ten syntheses a minute, and each may be tried four times.
  callsPerKey: 2,
  scenarios: ['sauti-no-limits', 'sauti-no-limits~sauti-job~sauti-queued-0~sauti-running-0'],
  open(emulator, options) {
    const client = createSauti({ ...options, baseUrl: emulator.sauti.baseUrl });
    return async (text) => {
      let generationId: string | undefined;
      const onStatus = ({ jobId }: { readonly jobId: string }) => void (generationId = jobId);
      const { durationMs } = await client.generate({ text, voiceId: 'sauti-swahili-v1' }, { onStatus });
      return { samples: atVoiceRate(durationMs), ...(generationId && { generationId }) };
    };
  },
};

const moknah: TrialVendor = {
  name: 'moknah',
  callsPerKey: 20,
  hasNoLength: true,
  scenarios: ['moknah-no-limits~moknah-latency-0'],
  open(emulator, options) {
    const client = createMoknah({ ...options, baseUrl: emulator.moknah.baseUrl });
    return async (text, index) => {
      const pcm = index % 2 === 0;
      const outputFormat = pcm ? 'pcm_24000' : 'mp3_24000_48';
      const { durationMs } = await client.generate({ text, voiceId: 7, outputFormat });
      return { samples: atVoiceRate(durationMs), ...(!pcm && { tolerance: 576 }) };
    };
  },
};

/** All of them. */
export const trialVendors: readonly TrialVendor[] = [audixa, sauti, moknah];
