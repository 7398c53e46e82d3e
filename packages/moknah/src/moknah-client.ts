import { createHttpSpeech, sayOverHttp, type HttpSpeech, type SayOptions, type SpeechStream, type Voice } from '@saystream/core';

import { connectMoknah, type MoknahConnection, type MoknahOptions } from './moknah-connection.ts';
import { pcmRateOf, wireSettings, type MoknahRequest, type MoknahVoiceOptions } from './moknah-request.ts';
import { makeFile, streamSamples, type MoknahFile } from './moknah-synthesis.ts';
import { listVoices, type MoknahVoiceInfo, type MoknahVoicesQuery } from './moknah-voices.ts';

/** A file's text is sent whole. */
export interface MoknahFileRequest extends MoknahRequest {
  /** What to say; not in pieces, because the answer comes whole. */
  readonly text: string;
}

/**
 * Speaks through Moknah. The vendor serves one request at a time for each account: calls of one client wait for each
 * other, in the order in which they were made, and a call that is aborted leaves the queue at once.
 */
export interface MoknahClient {
  /**
   * Speaks a text. Moknah makes it whole before it sends anything. Nothing is thrown later: read `outcome`, or iterate
   * and catch.
   *
   * @throws TypeError that names the option
   */
  stream(request: MoknahRequest, options?: SayOptions): SpeechStream;
  /** Fixes a voice and its settings. @throws TypeError that names the option */
  voice(voiceId: number | string, options?: MoknahVoiceOptions): Voice;
  /**
   * Makes a file, in any of the vendor's formats.
   *
   * Rejects with a SpeechError: `insufficient-credits`, `busy` when another program holds the account's slot for too
   * long, `not-audio` or `truncated` for a bad file, and whatever else a request can end with; with a TypeError for a
   * wrong option. It never throws at once.
   */
  generate(request: MoknahFileRequest, options?: SayOptions): Promise<MoknahFile>;
  /** The vendor's voices. @throws SpeechError while iterating */
  voices(query?: MoknahVoicesQuery): AsyncIterable<MoknahVoiceInfo>;
}

/** How one request is spoken. */
function speechOf(connection: MoknahConnection, request: MoknahRequest): HttpSpeech {
  const settings = wireSettings(request, 'pcm_24000');
  pcmRateOf(settings['output_format']);
  return {
    vendor: 'moknah',
    text: request.text,
    textMs: connection.timeouts.textMs,
    totalMs: connection.timeouts.totalMs,
    async speak(text, sink) {
      await streamSamples(connection, connection.listenerHttp, text, settings, sink);
      return {};
    },
  };
}

/** Vendor docs, text to speech. */
const maxCharacters = 1_500;

/**
 * A client of Moknah (https://moknah.io).
 *
 * @throws TypeError when apiKey is missing, when it is used in a browser without `dangerouslyAllowBrowser`, when
 *   `baseUrl` is no https URL (http for loopback), and for a limit that is no number
 */
export function createMoknah(options: MoknahOptions): MoknahClient {
  const connection = connectMoknah(options);

  const stream: MoknahClient['stream'] = (request, { signal } = {}) => createHttpSpeech(speechOf(connection, request), signal);

  return {
    stream,
    voice(voiceId, settings = {}) {
      pcmRateOf(wireSettings({ ...settings, voiceId, text: ' ' }, 'pcm_24000')['output_format']);
      return {
        vendor: 'moknah',
        limits: { minCharacters: 1, maxCharacters },
        say(text, say) {
          const speech = speechOf(connection, { ...settings, voiceId, text });
          // The account has one slot (vendor docs, rate limits).
          return sayOverHttp({ speech, language: 'ar', maxCharacters, atOnce: 1, relay: connection.relay }, say);
        },
      };
    },
    generate: async (request, { signal } = {}) => makeFile(connection, request.text, wireSettings(request), signal),
    voices: (query = {}) => listVoices(connection.http, query),
  };
}
