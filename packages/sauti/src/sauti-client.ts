import {
  createHttpSpeech,
  onceAccepted,
  readBytes,
  sayOverHttp,
  tellListener,
  withinCall,
  type HttpSpeech,
  type SayOptions,
  type SpeechFile,
  type SpeechStream,
  type Voice,
} from '@saystream/core';

import { connectSauti, type SautiConnection, type SautiOptions } from './sauti-connection.ts';
import { audioCall, awaitJob, createWavReader, fetchJob, maxAudioBytes, streamJobAudio, type SautiJob } from './sauti-jobs.ts';
import { wireSettings, type SautiRequest, type SautiVoiceOptions } from './sauti-request.ts';
import { readNewJob, synthesise, wavFile } from './sauti-synthesis.ts';
import { fetchVoice, listVoices, type SautiVoiceInfo, type SautiVoicesQuery } from './sauti-voices.ts';

/** A file's text is sent whole. */
export interface SautiFileRequest extends SautiRequest {
  /** What to say; not in pieces, because the answer comes whole. */
  readonly text: string;
}

/** Options of `generate`. */
export interface SautiGenerateOptions extends SayOptions {
  /** Told how far the job of a long text is; a short text has none. What it throws is ignored. */
  readonly onStatus?: (job: SautiJob) => void;
}

/** Speaks through SAUTI. */
export interface SautiClient {
  /**
   * Speaks a text. SAUTI makes it whole before it sends anything; a long text becomes a job, whose file is heard while
   * it arrives. Nothing is thrown later: read `outcome`, or iterate and catch.
   *
   * @throws TypeError that names the option, for an empty text or voice and for wrong types
   */
  stream(request: SautiRequest, options?: SayOptions): SpeechStream;
  /** Fixes a voice and its settings. @throws TypeError that names the option */
  voice(voiceId: string, options?: SautiVoiceOptions): Voice;
  /**
   * Makes a WAV file, through a job when the text is long.
   *
   * Rejects with a SpeechError: `generation-failed` when the job failed, `not-audio` or `truncated` for a bad file, and
   * whatever else a request can end with; with a TypeError for a wrong option. It never throws at once.
   */
  generate(request: SautiFileRequest, options?: SautiGenerateOptions): Promise<SpeechFile>;
  /** Creates a job, whatever the length of its text, and does not wait for it. @throws SpeechError */
  submitJob(request: SautiFileRequest, options?: SayOptions): Promise<SautiJob>;
  /** How far a job is. @throws SpeechError */
  job(jobId: string, options?: SayOptions): Promise<SautiJob>;
  /** The WAV file of a job. @throws SpeechError `not-ready` before it has succeeded */
  jobAudio(jobId: string, options?: SayOptions): Promise<SpeechFile>;
  /** The vendor's voices. @throws SpeechError while iterating */
  voices(query?: SautiVoicesQuery): AsyncIterable<SautiVoiceInfo>;
  /** One voice of the list. @throws SpeechError `not-found` */
  voiceInfo(voiceId: string, options?: SayOptions): Promise<SautiVoiceInfo>;
}

/** How one request is spoken. */
function speechOf(connection: SautiConnection, request: SautiRequest): HttpSpeech {
  const settings = wireSettings(request);
  const { listenerHttp } = connection;
  const { voiceId } = request;
  return {
    vendor: 'sauti',
    text: request.text,
    textMs: connection.timeouts.textMs,
    totalMs: connection.timeouts.totalMs,
    async speak(text, sink) {
      const answer = await synthesise(connection, listenerHttp, { voiceId, text, settings, ...sink });
      if ('wav' in answer) {
        createWavReader(sink).push(answer.wav).end();
        return {};
      }
      const { jobId } = answer.job;
      await onceAccepted(jobId, async () => {
        await awaitJob(connection, listenerHttp, jobId, sink);
        await streamJobAudio(connection, jobId, sink);
      });
      return { generationId: jobId };
    },
  };
}

/** More than this becomes a job, which is slow to begin (vendor docs). */
const maxCharacters = 2_000;

async function fetchJobAudio(connection: SautiConnection, jobId: string, signal?: AbortSignal): Promise<SpeechFile> {
  return connection.http.request(audioCall(connection, jobId, signal), async (response, limits) =>
    wavFile(await readBytes(response, { ...limits, maxBytes: maxAudioBytes }), jobId),
  );
}

async function generateFile(
  connection: SautiConnection,
  request: SautiFileRequest,
  { signal: caller, onStatus }: SautiGenerateOptions,
): Promise<SpeechFile> {
  const settings = wireSettings(request);
  const { http } = connection;
  const { text, voiceId } = request;
  const tell = (job: SautiJob) => {
    tellListener(onStatus, job);
  };
  return withinCall(connection, caller, async (signal) => {
    const answer = await synthesise(connection, http, { voiceId, text, settings, signal });
    if ('wav' in answer) return wavFile(answer.wav);
    const { job } = answer;
    tell(job);
    return onceAccepted(job.jobId, async () => {
      await awaitJob(connection, http, job.jobId, { signal, onStatus: tell });
      return fetchJobAudio(connection, job.jobId, signal);
    });
  });
}

/**
 * A client of SAUTI (https://sauti.finiflowlabs.com).
 *
 * @throws TypeError when apiKey is missing, when it is used in a browser without `dangerouslyAllowBrowser`, when
 *   `baseUrl` is no https URL (http for loopback), and for a limit that is no number
 */
export function createSauti(options: SautiOptions): SautiClient {
  const connection = connectSauti(options);
  const { http, pace } = connection;
  const stream: SautiClient['stream'] = (request, { signal } = {}) => createHttpSpeech(speechOf(connection, request), signal);

  return {
    stream,
    voice(voiceId, settings = {}) {
      wireSettings({ ...settings, voiceId, text: ' ' });
      return {
        vendor: 'sauti',
        // Vendor docs: at most 5,000 characters, more than 2,000 of them through a job.
        limits: { minCharacters: 1, maxCharacters: 5_000 },
        say(text, say) {
          const speech = speechOf(connection, { ...settings, voiceId, text });
          const { relay } = connection;
          return sayOverHttp({ speech, language: 'sw', maxCharacters, atOnce: relay ? 1 : 2, relay }, say);
        },
      };
    },
    generate: async (request, generate = {}) => generateFile(connection, request, generate),
    async submitJob(request, { signal } = {}) {
      const { text, voiceId } = request;
      const json = { text, voice_id: voiceId, voice_settings: wireSettings(request) };
      return http.request({ url: '/tts/jobs', json, paid: true, pace: pace.synthesis, signal }, readNewJob);
    },
    job: (jobId, { signal } = {}) => fetchJob(connection, http, jobId, signal),
    jobAudio: (jobId, { signal } = {}) => fetchJobAudio(connection, jobId, signal),
    voices: (query = {}) => listVoices(connection, query),
    voiceInfo: (voiceId, { signal } = {}) => fetchVoice(connection, voiceId, signal),
  };
}
