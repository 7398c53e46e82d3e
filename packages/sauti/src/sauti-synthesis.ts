import {
  createSpeechFile,
  fieldsOf,
  inspectWav,
  readBytes,
  readJson,
  redactJson,
  textOf,
  type Http,
  type ReadResponse,
  type SpeechFile,
} from '@saystream/core';
import type { SpeechError } from '@saystream/errors';

import type { SautiConnection } from './sauti-connection.ts';
import { sautiError } from './sauti-error.ts';
import { maxAudioBytes, readJob, type SautiJob } from './sauti-jobs.ts';

/** What a synthesis is answered with: the sound itself, or (for more than 2,000 characters) a job. */
export type SautiAnswer = { readonly wav: Uint8Array } | { readonly job: SautiJob };

/** The bytes of a WAV file in base64; undefined for what is none. */
function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The JSON of an answer, and what is wrong with one that has none: half a document was cut, anything else is no answer. */
function parse(connection: SautiConnection, text: string, response: Response): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    if (text.startsWith('{')) throw sautiError('truncated', 'The answer breaks off.', { status: response.status });
    throw notAudio(connection, text, response);
  }
}

/** Names a 2xx that holds no sound; what it says about an error is kept. */
const notAudio = ({ parseError }: SautiConnection, body: unknown, { status, headers }: Response): SpeechError =>
  parseError({ status, headers, body });

/** Names a 2xx that should hold a job. */
const noJob = ({ status }: Response): SpeechError => sautiError('bad-response', 'The answer names no job.', { status });

/** Reads the answer to a synthesis by what it holds: short texts give 200, long ones 202, and neither is certain. */
const readAnswer =
  (connection: SautiConnection): ReadResponse<SautiAnswer> =>
  async (response, limits) => {
    const text = new TextDecoder().decode(await readBytes(response, { ...limits, maxBytes: maxAudioBytes }));
    const answer = parse(connection, text, response);
    const base64 = textOf(fieldsOf(answer)['audio_base64']);
    const wav = base64 && decodeBase64(base64);
    if (wav) return { wav };
    const job = readJob(redactJson(answer, connection.redact));
    if (job) return { job };
    if (response.status === 202) throw noJob(response);
    throw notAudio(connection, answer, response);
  };

/** Reads the answer to the creation of a job. */
export const readNewJob: ReadResponse<SautiJob> = async (response, limits) => {
  const job = readJob(await readJson('sauti', response, limits));
  if (!job) throw noJob(response);
  return job;
};

/** A finished WAV file. @throws SpeechError `not-audio`, `truncated` */
export function wavFile(bytes: Uint8Array, generationId?: string): SpeechFile {
  const facts = inspectWav(bytes);
  if (facts && !facts.isCut) return createSpeechFile(bytes, facts.mimeType, facts.durationMs);
  const kind = facts ? 'truncated' : 'not-audio';
  throw sautiError(kind, facts ? 'The file breaks off.' : 'The file is no audio.', { generationId, billed: 'yes' });
}

/** How a synthesis is sent. */
export interface SynthesisCall {
  readonly voiceId: string;
  readonly text: string;
  readonly settings: object | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onDoubt?: (inDoubt: boolean) => void;
}

/** `POST /v1/text-to-speech/{voice_id}`. @throws SpeechError; a lost answer leaves `billed: 'unknown'` */
export function synthesise(connection: SautiConnection, http: Http, call: SynthesisCall): Promise<SautiAnswer> {
  const { voiceId, text, settings, signal, onDoubt } = call;
  return http.request(
    {
      url: `/text-to-speech/${encodeURIComponent(voiceId)}`,
      json: { text, voice_settings: settings },
      paid: true,
      pace: connection.pace.synthesis,
      signal,
      ...(onDoubt && { onDoubt }),
    },
    readAnswer(connection),
  );
}
