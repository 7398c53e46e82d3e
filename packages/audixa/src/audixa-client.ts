import {
  checkApiKey,
  createHttp,
  createSpeechStream,
  defaultRetry,
  defaultTimeouts,
  vendorUrl,
  type ClientEvent,
  type ClientOptions,
  type SayOptions,
  type SpeechStream,
  type Voice,
} from '@saystream/core';
import { parseAudixaError } from '@saystream/errors';

import type { AudixaConnection } from './audixa-connection.ts';
import { fetchGeneration, type AudixaGeneration } from './audixa-generation.ts';
import { wireSettings, type AudixaRequest, type AudixaVoiceOptions } from './audixa-request.ts';
import { listVoices, type AudixaVoiceInfo, type AudixaVoicesQuery } from './audixa-voices.ts';
import { audixaSource } from './stream/audixa-stream.ts';

/** Options of `createAudixa`. `baseUrl` defaults to `https://api.audixa.ai`. */
export type AudixaOptions = ClientOptions;

/** Speaks through Audixa. */
export interface AudixaClient {
  /**
   * Speaks a text over Audixa's WebSocket. Nothing is thrown later: read `outcome`, or iterate and catch.
   *
   * @throws TypeError when the text or the voice is empty
   */
  stream(request: AudixaRequest, options?: SayOptions): SpeechStream;
  /**
   * Fixes a voice and its settings.
   *
   * @throws TypeError when voiceId is empty
   */
  voice(voiceId: string, options?: AudixaVoiceOptions): Voice;
  /**
   * The vendor's voices, page after page.
   *
   * @throws SpeechError while iterating, such as `unauthorized` or `rate-limited`
   */
  voices(query?: AudixaVoicesQuery): AsyncIterable<AudixaVoiceInfo>;
  /**
   * How far a job is. Free of charge; the vendor asks not to poll faster than once a second.
   *
   * @throws SpeechError `not-found` for an unknown or foreign id, and whatever else a request can end with
   */
  generation(generationId: string, options?: SayOptions): Promise<AudixaGeneration>;
}

const defaultBaseUrl = 'https://api.audixa.ai';

function connect(options: AudixaOptions): AudixaConnection {
  checkApiKey('createAudixa', options);
  const url = vendorUrl(options.baseUrl ?? defaultBaseUrl, '/v3');
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const retry = { ...defaultRetry, ...options.retry };
  const emit = (event: ClientEvent) => {
    try {
      options.onEvent?.(event);
    } catch {
      // A listener's mistake must not change how speech ends.
    }
  };
  const http = {
    vendor: 'audixa',
    baseUrl: url.http,
    headers: { 'x-api-key': options.apiKey },
    parseError: parseAudixaError,
    fetch: options.fetch,
    timeouts,
    retry,
    emit,
  };
  // Somebody is listening: a vendor that stays silent is given up on as soon as a silent stream would be.
  const impatient = {
    timeouts: { ...timeouts, headersMs: timeouts.stallMs, bodyIdleMs: timeouts.stallMs },
    retry: { ...retry, tries: Math.min(retry.tries, 2) },
  };
  return {
    socketUrl: `${url.socket}/tts/stream`,
    apiKey: options.apiKey,
    http: createHttp(http),
    recoveryHttp: createHttp({ ...http, ...impatient }),
    WebSocket: options.WebSocket,
    timeouts,
    retry,
    plainFiles: url.http.startsWith('http:'),
    emit,
  };
}

/**
 * A client of Audixa (https://audixa.ai).
 *
 * @throws TypeError when apiKey is missing, when it is used in a browser without `dangerouslyAllowBrowser`, and when
 *   `baseUrl` is no https URL (http for loopback)
 */
export function createAudixa(options: AudixaOptions): AudixaClient {
  const connection = connect(options);

  const stream: AudixaClient['stream'] = (request, { signal } = {}) =>
    createSpeechStream(audixaSource(connection, request.text, wireSettings(request)), signal);

  return {
    stream,
    voice(voiceId, settings = {}) {
      wireSettings({ ...settings, voiceId, text: ' ' });
      return {
        vendor: 'audixa',
        // Vendor docs, newest revision: from 1 character to the plan's limit, never above 50,000.
        limits: { minCharacters: 1, maxCharacters: 50_000 },
        say: (text, say) => stream({ ...settings, voiceId, text }, say),
      };
    },
    voices: (query = {}) => listVoices(connection.http, query),
    generation: (generationId, { signal } = {}) => fetchGeneration(connection.http, generationId, signal),
  };
}
