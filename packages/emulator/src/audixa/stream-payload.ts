import type { Knobs, Oddity } from '../scenario-knobs.ts';
import { wavFile } from '../wav-variants.ts';

/** A frame of MPEG-1 layer III at 128 kbit/s and 44,100 Hz, mono, that decodes to silence. */
const silentMp3Frame = Buffer.alloc(417);
silentMp3Frame.set([0xff, 0xfb, 0x90, 0xc4]);

const page = '<!doctype html><html><head><title>Sign in to the network</title></head><body></body></html>';
const wildSamples = [Number.NaN, Infinity, -Infinity, 1e30, -3];

function withWildSamples(samples: Float32Array): Buffer {
  const wild = samples.slice();
  wildSamples.forEach((value, i) => (wild[100 + i * 50] = value));
  return bytesOf(wild);
}

/** The samples' own memory: little-endian, as every machine that Node's releases run on but one. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);

const oddPayloads: Partial<Record<Oddity, (samples: Float32Array) => Buffer>> = {
  'completed-without-audio': () => Buffer.alloc(0),
  'html-in-stream': (samples) => Buffer.from(page.padEnd(samples.byteLength, ' ')),
  'leftover-bytes': (samples) => Buffer.concat([bytesOf(samples), Buffer.from([1, 2, 3])]),
  'mp3-in-stream': (samples) => Buffer.alloc(samples.byteLength, silentMp3Frame),
  'nan-samples': withWildSamples,
  'wav-in-stream': wavFile,
};

/** What the audio frames of a stream hold, end to end: the samples as float32, unless the scenario says otherwise. */
export function payloadOf(samples: Float32Array, { oddities = [] }: Knobs): Buffer {
  const odd = oddities.map((oddity) => oddPayloads[oddity]).find((payload) => payload !== undefined);
  return (odd ?? bytesOf)(samples);
}
