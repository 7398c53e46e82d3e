import {
  createFloat32Frames,
  createWavDecoder,
  firstBytesNeeded,
  joinBytes,
  recogniseFirstBytes,
  type FirstBytes,
} from '@saystream/core';
import type { SpeechError } from '@saystream/errors';

import { audixaError } from '../audixa-error.ts';

/** Documented for every model: headerless float32 little-endian, 24,000 Hz, mono (vendor docs, streaming page). */
const audixaSampleRate = 24_000;

/** Turns the binary frames of one stream into samples. */
export interface AudixaAudio {
  /** In Hz: as documented, unless a WAV header has said something else. */
  readonly sampleRate: number;
  /** Bytes of an unfinished sample. */
  readonly leftover: number;
  /**
   * The samples that are complete now.
   *
   * @throws SpeechError `not-audio` when the bytes are a text, a web page or a compressed file
   */
  push(frame: Uint8Array): Float32Array;
}

const notAudio = (what: string): SpeechError => audixaError('not-audio', `Audixa sent no raw audio: ${what}.`);

/**
 * A reader of Audixa's binary frames. The vendor's pages once called them "PCM/WAV", so a WAV header is understood
 * and everything else that is clearly no audio is refused rather than played as noise.
 */
export function createAudixaAudio(): AudixaAudio {
  const raw = createFloat32Frames();
  const wav = createWavDecoder();
  let kind: FirstBytes | undefined;
  let held: Uint8Array = new Uint8Array(0);

  return {
    get sampleRate() {
      return wav.format?.sampleRate ?? audixaSampleRate;
    },
    get leftover() {
      return held.length + raw.leftover;
    },
    push(frame) {
      let bytes = frame;
      if (!kind) {
        bytes = joinBytes(held, frame);
        held = bytes.slice();
        if (bytes.length < firstBytesNeeded) return new Float32Array(0);
        held = new Uint8Array(0);
        kind = recogniseFirstBytes(bytes);
      }
      if (kind === 'not-audio') throw notAudio('text or compressed audio');
      if (kind === 'float32') return raw.push(bytes);
      try {
        return wav.push(bytes);
      } catch {
        // A header that lies about its sizes ends in a RangeError, and is no more audio than one that cannot be read.
        throw notAudio('an unreadable WAV file');
      }
    },
  };
}
