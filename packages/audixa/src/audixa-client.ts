import {
  createSpeechStream,
  onceAccepted,
  tellListener,
  type SayOptions,
  type SpeechFile,
  type SpeechStream,
  type Voice,
  withinCall,
} from '@saystream/core';

import { connectAudixa, type AudixaOptions } from './audixa-connection.ts';
import { checkFileUrl, fetchFile } from './audixa-file.ts';
import { awaitGeneration, fetchGeneration, type AudixaGeneration } from './audixa-generation.ts';
import { listHistory, type AudixaHistoryQuery } from './audixa-history.ts';
import { wireSettings, type AudixaRequest, type AudixaVoiceOptions } from './audixa-request.ts';
import { submitJob } from './audixa-submit.ts';
import { listVoices, type AudixaVoiceInfo, type AudixaVoicesQuery } from './audixa-voices.ts';
import { audixaSource } from './stream/audixa-stream.ts';
import { sayAudixa } from './stream/say-audixa.ts';

/** A job's text is sent whole. */
export interface AudixaJobRequest extends AudixaRequest {
  /** What to say; not in pieces, because the answer comes whole. */
  readonly text: string;
}

/** Options of `generate`. */
export interface AudixaGenerateOptions extends SayOptions {
  /** Told each answer about the job: the first when it was accepted, the last when it is finished. What it throws is ignored. */
  readonly onStatus?: (generation: AudixaGeneration) => void;
}

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
   * Makes a finished file: creates a job, waits for it, fetches the file. Costs the same as a stream.
   *
   * Rejects with a SpeechError: `generation-failed` when the vendor gave up, `timeout` after `timeouts.totalMs`,
   * `not-audio` or `truncated` for a bad file, and whatever else a request can end with; with a TypeError for a wrong
   * option. It never throws at once.
   */
  generate(request: AudixaJobRequest, options?: AudixaGenerateOptions): Promise<SpeechFile>;
  /**
   * Creates a job and does not wait for it. A job whose answer is lost is looked up in the history, never made twice.
   *
   * @throws SpeechError; `billed` is `unknown` when nobody can tell whether the job exists
   */
  submit(request: AudixaJobRequest, options?: SayOptions): Promise<AudixaGeneration>;
  /**
   * The account's generations, newest first, page after page. Their texts are not among it.
   *
   * @throws SpeechError while iterating
   */
  history(query?: AudixaHistoryQuery): AsyncIterable<AudixaGeneration>;
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

/**
 * A client of Audixa (https://audixa.ai).
 *
 * @throws TypeError when apiKey is missing, when it is used in a browser without `dangerouslyAllowBrowser`, and when
 *   `baseUrl` is no https URL (http for loopback)
 */
export function createAudixa(options: AudixaOptions): AudixaClient {
  const connection = connectAudixa(options);

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
        say: (text, options) => sayAudixa(connection, { ...settings, voiceId, text }, options),
      };
    },
    async submit(request, { signal: caller } = {}) {
      const wanted = { text: request.text, ...wireSettings(request) };
      return withinCall(connection, caller, (signal) => submitJob(connection, wanted, signal));
    },
    async generate(request, { signal: caller, onStatus } = {}) {
      const wanted = { text: request.text, ...wireSettings(request) };
      const { http, plainFiles } = connection;
      const tell = (generation: AudixaGeneration) => {
        tellListener(onStatus, generation);
      };
      return withinCall(connection, caller, async (signal) => {
        const job = await submitJob(connection, wanted, signal);
        tell(job);
        const how = { http, signal, patienceMs: Infinity, onStatus: tell };
        return onceAccepted(job.generationId, async () => {
          const audioUrl = job.audioUrl ?? (await awaitGeneration(connection, job.generationId, how));
          return fetchFile(http, checkFileUrl(audioUrl, plainFiles), request.text, signal);
        });
      });
    },
    history: (query = {}) => listHistory(connection, query),
    voices: (query = {}) => listVoices(connection, query),
    generation: (generationId, { signal } = {}) => fetchGeneration(connection, connection.http, generationId, signal),
  };
}
