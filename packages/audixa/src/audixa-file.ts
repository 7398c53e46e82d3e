import {
  createSpeechFile,
  inspectAudioFile,
  inspectMp3,
  inspectOtherAudio,
  inspectWav,
  mostSamplesOf,
  readBytes,
  sleep,
  textOf,
  type Http,
  type SpeechFile,
} from '@saystream/core';
import { audioAddressMembers, isSpeechError } from '@saystream/errors';

import { audixaError } from './audixa-error.ts';

const maxFileBytes = 5e8;
/** The vendor may say COMPLETED before its file host has the file. */
const hostPatienceMs = 10_000;

/** The address of the finished file in an answer or a frame. */
export const audioUrlIn = (fields: Readonly<Record<string, unknown>>): string | undefined =>
  audioAddressMembers.map((name) => textOf(fields[name])).find(Boolean);

/** A file's address comes from the vendor: only web addresses, and unprotected ones only where everything is local. */
export function checkFileUrl(audioUrl: string, plainFiles: boolean): string {
  if (audioUrl.startsWith('https:') || (plainFiles && audioUrl.startsWith('http:'))) return audioUrl;
  throw audixaError('bad-response', 'The address of the file is none.');
}

/** Waits for a file that is not there yet. @throws SpeechError like `read`, and `not-found` when it never comes */
export async function onceThere<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const endsAtMs = performance.now() + hostPatienceMs;
  for (let delayMs = 250; ; delayMs *= 2) {
    try {
      return await read();
    } catch (error) {
      if (!isSpeechError(error) || error.kind !== 'not-found' || performance.now() + delayMs > endsAtMs) throw error;
      await sleep(delayMs, signal);
    }
  }
}

/** The most bytes that the file of a text may have, in any format: the most samples of a stream, as floats. */
const maxBytesOf = (text: string): number => Math.min(4 * mostSamplesOf(text.length), maxFileBytes);

/**
 * Fetches the finished file of a text; a cut one is fetched again.
 *
 * @throws SpeechError `not-audio`, `truncated`, `bad-response` for a file that is larger than so much text can be, …
 */
export const fetchFile = (http: Http, url: string, text: string, signal: AbortSignal): Promise<SpeechFile> =>
  onceThere(
    () =>
      http.request({ url, signal }, async (response, limits) => {
        const bytes = await readBytes(response, { ...limits, maxBytes: maxBytesOf(text) });
        const facts = inspectAudioFile(bytes, [inspectWav, inspectMp3, inspectOtherAudio]);
        if (facts && !facts.isCut) return createSpeechFile(bytes, facts.mimeType, facts.durationMs);
        throw audixaError(facts ? 'truncated' : 'not-audio', `The file is ${facts ? 'cut' : 'no audio'}.`, { billed: 'yes' });
      }),
    signal,
  );
