import {
  createInt16Samples,
  createSpeechFile,
  inspectAudioFile,
  inspectMp3,
  inspectOgg,
  inspectOtherAudio,
  inspectWav,
  looksLikeText,
  numberOf,
  present,
  readBody,
  readBytes,
  type AudioFileFacts,
  type Http,
  type HttpCall,
  type HttpSpeechSink,
  type SpeechFile,
} from '@saystream/core';
import { SpeechError } from '@saystream/errors';

import type { MoknahConnection } from './moknah-connection.ts';
import { pcmRateOf, type MoknahWireSettings } from './moknah-request.ts';

/** What the vendor's headers say about credits. Its two pages disagree: of the account and this request, or of this minute. */
export interface MoknahCredits {
  /** `Moknah-Credits-Remaining`. */
  readonly remaining?: number;
  /** `Moknah-Credits-Used`. */
  readonly used?: number;
}

/** A finished file. */
export interface MoknahFile extends SpeechFile {
  /** From the headers; empty where a page may not read them. */
  readonly credits: MoknahCredits;
}

/** What the vendor makes, and other files should they ever come. */
const inspect = (bytes: Uint8Array): AudioFileFacts | undefined =>
  inspectAudioFile(bytes, [inspectMp3, inspectOgg, inspectWav, inspectOtherAudio]);

/** 1,500 characters are minutes of sound, whatever the format. */
const maxAudioBytes = 1e8;

const creditOf = (headers: Headers, name: string): number | undefined => {
  const text = headers.get(`moknah-credits-${name}`);
  return text ? numberOf(Number(text)) : undefined;
};

/** Reads the credits and tells them. */
function creditsOf({ headers }: Response, { emit }: MoknahConnection): MoknahCredits {
  const credits = present({ remaining: creditOf(headers, 'remaining'), used: creditOf(headers, 'used') });
  if (Object.keys(credits).length > 0) emit({ type: 'credits', vendor: 'moknah', ...credits });
  return credits;
}

/** Names a 2xx that holds no sound; an error that it holds is kept. */
const notAudio = (
  { parseError }: MoknahConnection,
  { status, headers }: Response,
  bytes: Uint8Array,
  sentText: string,
): SpeechError => parseError({ status, headers, body: new TextDecoder().decode(bytes), sentText });

const cut = (): SpeechError => new SpeechError({ kind: 'truncated', vendor: 'moknah', message: 'The audio breaks off.' });

const synthesisCall = ({ slots }: MoknahConnection, text: string, settings: MoknahWireSettings): HttpCall => ({
  // Without its last slash the vendor's server may redirect, and a redirected POST loses its body.
  url: '/tts/generate/',
  json: { text, ...settings },
  paid: true,
  slots,
});

/** Makes one file, in any format. @throws SpeechError; a lost answer leaves `billed: 'unknown'` */
export function makeFile(
  connection: MoknahConnection,
  text: string,
  settings: MoknahWireSettings,
  signal?: AbortSignal,
): Promise<MoknahFile> {
  const call = { ...synthesisCall(connection, text, settings), signal };
  return connection.http.request(call, async (response, limits) => {
    const bytes = await readBytes(response, { ...limits, maxBytes: maxAudioBytes });
    const credits = creditsOf(response, connection);
    const facts = inspect(bytes);
    if (facts?.isCut) throw cut();
    if (facts) return { ...createSpeechFile(bytes, facts.mimeType, facts.durationMs), credits };
    const format = String(settings['output_format']);
    if (!format.startsWith('pcm_') || bytes.length === 0 || looksLikeText(bytes))
      throw notAudio(connection, response, bytes, text);
    if (bytes.length % 2) throw cut();
    const rate = pcmRateOf(format);
    return { ...createSpeechFile(bytes, `audio/pcm;rate=${rate}`, (bytes.length / 2 / rate) * 1_000), credits };
  });
}

/** Speaks while the answer arrives: samples without a header need no decoder. @throws SpeechError */
export function streamSamples(
  connection: MoknahConnection,
  http: Http,
  text: string,
  settings: MoknahWireSettings,
  sink: HttpSpeechSink,
): Promise<void> {
  const rate = pcmRateOf(settings['output_format']);
  const { signal, onDoubt } = sink;
  return http.request({ ...synthesisCall(connection, text, settings), signal, onDoubt }, async (response, limits) => {
    creditsOf(response, connection);
    const samples = createInt16Samples();
    let first: Uint8Array | undefined;
    for await (const bytes of readBody(response, { ...limits, maxBytes: maxAudioBytes })) {
      first ??= bytes;
      if (first === bytes && (looksLikeText(bytes) || inspect(bytes))) throw notAudio(connection, response, bytes, text);
      sink.samples(samples.push(bytes), rate);
    }
    if (!first) throw notAudio(connection, response, new Uint8Array(0), text);
    if (samples.leftover > 0) throw cut();
  });
}
