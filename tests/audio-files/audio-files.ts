import rows from './audio-files.json' with { type: 'json' };

/** What is true of one file in `files/`. Written by `build-audio-files.mjs`; both readers, core's and the player's, are held to it. */
export interface AudioFileRow {
  readonly file: string;
  /** What is special about it. */
  readonly what: string;
  /** By its content. Absent for a file that holds no sound. */
  readonly mimeType?: string;
  /** In Hz, as decoded: Opus is always 48,000. Of the first stream, where streams are joined. */
  readonly sampleRate?: number;
  readonly channels?: number;
  /** How long the sound plays that is there, in milliseconds: without the delay and padding of the encoder. Absent when only a decoder can tell. */
  readonly durationMs?: number;
  /** The same in samples per channel, at `sampleRate`. */
  readonly samples?: number;
  /** What the header asks players to amplify by, in decibels. */
  readonly gainDb?: number;
  /** `cut` when sound is missing: at the end, or in the middle where a part is damaged or lost. */
  readonly verdict: 'whole' | 'cut' | 'not-audio';
  /** For `cut`: where the first gap is, in milliseconds of the sound. */
  readonly cutAtMs?: number;
  /** `browser`: only the browser's own decoder can read it, as a whole. */
  readonly reader?: 'ours' | 'browser';
  /** Samples per channel that ffmpeg decodes. */
  readonly ffmpegSamples?: number;
  /** Why ffmpeg's number is not `samples`. */
  readonly ffmpegWhy?: string;
}

/** All files, the ones met by users first. */
export const audioFiles = rows as readonly AudioFileRow[];

/** The bytes of one file, in Node and in browsers. */
export async function readAudioFile(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const address = new URL(`./files/${file}`, import.meta.url);
  if (address.protocol !== 'file:') return new Uint8Array(await (await fetch(address)).arrayBuffer());
  const { readFile } = await import('node:fs/promises');
  return new Uint8Array(await readFile(address));
}
