import { createFloat32Frames, createWavDecoder, firstBytesNeeded, joinBytes, recogniseFirstBytes } from '@saystream/core';
import type { SpeechError } from '@saystream/errors';

import { audixaError } from '../audixa-error.ts';

/** Documented for every model: headerless float32 little-endian, 24,000 Hz, mono (vendor docs, streaming page). */
export const audixaSampleRate = 24_000;

/** Turns the binary frames of one stream into samples. */
export interface AudixaAudio {
  /** In Hz; undefined until the first samples. */
  readonly sampleRate: number | undefined;
  /** Bytes of an unfinished sample. */
  readonly leftover: number;
  /**
   * The samples that are complete now.
   *
   * @throws SpeechError `not-audio` when the bytes are a text, a web page or a compressed file
   */
  push(frame: Uint8Array): Float32Array;
}

/** What is left of a decoder, whichever it is. */
interface Decoder {
  readonly sampleRate: number | undefined;
  readonly leftover: number;
  push(bytes: Uint8Array): Float32Array;
}

const notAudio = (what: string): SpeechError => audixaError('not-audio', `Audixa sent no raw audio: ${what}.`);

function rawDecoder(): Decoder {
  const frames = createFloat32Frames();
  return {
    sampleRate: audixaSampleRate,
    get leftover() {
      return frames.leftover;
    },
    push: (bytes) => frames.push(bytes),
  };
}

function wavDecoder(): Decoder {
  const wav = createWavDecoder();
  return {
    get sampleRate() {
      return wav.format?.sampleRate;
    },
    leftover: 0,
    push(bytes) {
      try {
        return wav.push(bytes);
      } catch {
        // A header that lies about its sizes ends in a RangeError, and is no more audio than one that cannot be read.
        throw notAudio('an unreadable WAV file');
      }
    },
  };
}

function decoderFor(firstBytes: Uint8Array): Decoder {
  const kind = recogniseFirstBytes(firstBytes);
  if (kind === 'not-audio') throw notAudio('text or compressed audio');
  return kind === 'wav' ? wavDecoder() : rawDecoder();
}

/**
 * A reader of Audixa's binary frames. The vendor's pages once called them "PCM/WAV", so a WAV header is understood
 * and everything else that is clearly no audio is refused rather than played as noise.
 */
export function createAudixaAudio(): AudixaAudio {
  let decoder: Decoder | undefined;
  let held: Uint8Array = new Uint8Array(0);

  return {
    get sampleRate() {
      return decoder?.sampleRate;
    },
    get leftover() {
      return decoder ? decoder.leftover : held.length;
    },
    push(frame) {
      if (decoder) return decoder.push(frame);
      const bytes = joinBytes(held, frame);
      if (bytes.length < firstBytesNeeded) {
        held = bytes.slice();
        return new Float32Array(0);
      }
      held = new Uint8Array(0);
      decoder = decoderFor(bytes);
      return decoder.push(bytes);
    },
  };
}
