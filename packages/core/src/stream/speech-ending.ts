import type { SpeechError } from '@saystream/errors';

import { present } from '../present.ts';
import type { Billed, SpeechOutcome, SpeechVerdict } from './speech-stream.ts';

/** What a vendor client knows when its stream ends. */
export interface SpeechEnding {
  /** Why it did not complete. Absent when the vendor said that it is complete. */
  readonly error?: SpeechError | undefined;
  /** Whether the vendor charged for it. */
  readonly billed: Billed;
  /** The vendor's name for the generation. */
  readonly generationId?: string | undefined;
  /** Where the vendor keeps the finished file. */
  readonly audioUrl?: string | undefined;
  /** Set when the end came from the finished file instead of the broken connection. */
  readonly recovered?: 'exact' | 'approximate' | undefined;
}

/** What the stream itself has counted. */
export interface DeliveredAudio {
  /** Samples that arrived. */
  samples: number;
  /** In Hz; undefined when no format was ever known. */
  sampleRate: number | undefined;
  /** From the call to the first sample, in milliseconds. */
  firstAudioMs: number | undefined;
}

/** Names an ending by what was delivered before it. */
export function verdictOf(ending: SpeechEnding, samples: number): SpeechVerdict {
  if (!ending.error) return 'completed';
  if (ending.error.kind === 'aborted') return 'cancelled';
  return samples > 0 ? 'truncated' : 'failed';
}

/** Turns an ending and what was delivered into the account that the caller gets. */
export function settleOutcome(ending: SpeechEnding, audio: DeliveredAudio): SpeechOutcome {
  const { error, billed, generationId, audioUrl, recovered } = ending;
  return {
    verdict: verdictOf(ending, audio.samples),
    samples: audio.samples,
    durationMs: audio.sampleRate ? (audio.samples / audio.sampleRate) * 1_000 : 0,
    billed,
    ...present({ error, generationId, audioUrl, recovered, firstAudioMs: audio.firstAudioMs }),
  };
}
