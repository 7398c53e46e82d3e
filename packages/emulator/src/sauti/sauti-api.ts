import { jsonAnswer, type Answer } from '../http/answer.ts';
import { decodePart, isJsonType, parseJson } from '../http/request-text.ts';
import type { ApiCall, Asked, VendorApi, VendorContext } from '../http/vendor-api.ts';
import { charactersOf, type LedgerEntry } from '../ledger.ts';
import { voiceRate } from '../resample.ts';
import { fastApiAnswer, problemAnswer } from './sauti-bodies.ts';
import { createJob, describeJob, statusOf, type SautiJob } from './sauti-jobs.ts';
import { checkSynthesis, mostCharactersAtOnce, type SautiSynthesis } from './sauti-request-rules.ts';
import type { SautiKnobs } from './sauti-scenarios.ts';
import { base64Of, wavOf } from './sauti-sound.ts';
import { sautiVoices } from './sauti-voices.ts';
import { bucketLimits, bucketOf, createSautiWindows } from './sauti-windows.ts';

const voiceIds = sautiVoices.map(({ voice_id }) => voice_id);

const knobsOf = ({ knobs }: Pick<Asked, 'knobs'>): SautiKnobs => knobs.sauti ?? {};

type Route = readonly [method: string, path: RegExp, answer: (call: ApiCall, id: string) => Answer | Promise<Answer>];

/** The emulated SAUTI: `/v1/text-to-speech`, `/v1/tts/jobs`, `/v1/voices`. */
class SautiApi implements VendorApi {
  readonly vendor = 'sauti';
  readonly exposedHeaders = ['Retry-After', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
  readonly #context: VendorContext;
  readonly #jobs = new Map<string, SautiJob>();
  readonly #windows = createSautiWindows();
  readonly #routes: readonly Route[] = [
    ['POST', /^\/v1\/text-to-speech\/([^/]+)$/, (call, id) => this.#synthesise(call, id)],
    ['POST', /^\/v1\/tts\/jobs$/, (call) => this.#createJob(call)],
    ['GET', /^\/v1\/tts\/jobs\/([^/]+)$/, (call, id) => this.#showJob(call, id)],
    ['GET', /^\/v1\/tts\/jobs\/([^/]+)\/audio$/, (call, id) => this.#sendAudio(call, id)],
    ['GET', /^\/v1\/voices$/, (call) => this.#listVoices(call)],
    ['GET', /^\/v1\/voices\/([^/]+)$/, (call, id) => this.#showVoice(call, id)],
  ];

  constructor(context: VendorContext) {
    this.#context = context;
  }

  owns(pathname: string): boolean {
    return pathname.startsWith('/v1/');
  }

  /** In the header alone; a key in the query is no key (vendor docs, authentication). */
  keyOf(headers: ApiCall['headers']): string {
    return String(headers['xi-api-key'] ?? '');
  }

  refusal(status: number, { url, knobs }: Pick<Asked, 'url' | 'knobs'>): Answer {
    return this.#refuse(status, { url, knobs });
  }

  async answer(call: ApiCall): Promise<Answer> {
    const { method, url, apiKey } = call;
    const { bucket, allowed, waitSeconds } = this.#windows.take(
      apiKey,
      bucketOf(method, url.pathname),
      this.#context.clock.now(),
    );
    if (!allowed && !knobsOf(call).noLimits) {
      const detail = `You have exceeded ${bucketLimits[bucket]} requests per minute for ${bucket}. Try again shortly.`;
      return this.#refuse(429, call, detail, waitSeconds);
    }
    for (const [routeMethod, path, answer] of this.#routes) {
      const match = method === routeMethod && path.exec(url.pathname);
      if (match) return answer(call, decodePart(match[1]));
    }
    return this.#refuse(404, call);
  }

  /** Of the bucket that was hit. Without a key there is none (inferred). */
  accountHeaders({ apiKey, method, url }: Asked, { status }: Answer): Readonly<Record<string, string>> {
    if (!apiKey || status === 401) return {};
    const nowMs = this.#context.clock.now();
    const { bucket, remaining, waitSeconds } = this.#windows.look(apiKey, bucketOf(method, url.pathname), nowMs);
    return {
      'x-ratelimit-limit': String(bucketLimits[bucket]),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(Math.floor(nowMs / 1_000) + waitSeconds),
    };
  }

  /** An error in the shape and with the headers that the scenario wants. */
  #refuse(status: number, asked: Pick<Asked, 'url' | 'knobs'>, detail?: string, waitSeconds?: number): Answer {
    const { fastApi, noRetryAfter } = knobsOf(asked);
    if (fastApi && (status === 404 || status === 422)) return fastApiAnswer(status, detail);
    return problemAnswer(status, asked.url.pathname, { detail, waitSeconds: noRetryAfter ? 'none' : waitSeconds });
  }

  #listVoices({ url }: ApiCall): Answer {
    const language = url.searchParams.get('language');
    return jsonAnswer(200, { voices: sautiVoices.filter((voice) => !language || voice.language_code === language) });
  }

  #showVoice(call: ApiCall, id: string): Answer {
    const voice = sautiVoices.find(({ voice_id }) => voice_id === id);
    return voice ? jsonAnswer(200, voice) : this.#refuse(404, call);
  }

  #check(call: ApiCall, voiceInPath?: string): SautiSynthesis | Answer {
    if (call.body === undefined) return this.#refuse(413, call);
    if (!isJsonType(call.headers['content-type'])) return this.#refuse(400, call, 'Content-Type must be application/json.');
    const checked = checkSynthesis(parseJson(call.body), {
      ...(voiceInPath !== undefined && { voiceInPath }),
      voices: voiceIds,
      valuesFirst: knobsOf(call).valuesFirst ?? false,
    });
    return 'detail' in checked ? this.#refuse(checked.status, call, checked.detail) : checked;
  }

  async #synthesise(call: ApiCall, voiceId: string): Promise<Answer> {
    const synthesis = this.#check(call, voiceId);
    if ('status' in synthesis) return synthesis;
    const knobs = knobsOf(call);
    const characters = charactersOf(synthesis.text);
    const isJob = knobs.path ? knobs.path === 'job' : characters > mostCharactersAtOnce;
    if (isJob) return this.#accept(call, synthesis);
    const entry = this.#enter(synthesis, `sync_${this.#context.ledger.entries.length + 1}`);
    const { wav, seconds } = wavOf(await this.#speak(synthesis), knobs);
    entry.samples = Math.round(seconds * voiceRate);
    return jsonAnswer(200, {
      ...(knobs.sound !== 'absent' && { audio_base64: base64Of(wav, knobs) }),
      content_type: 'audio/wav',
      duration_seconds: Math.round(seconds * 100) / 100,
      characters_synthesized: characters,
      voice_id: voiceId,
    });
  }

  #speak({ text, voiceId, speakingRate }: SautiSynthesis): Promise<Float32Array> {
    return this.#context.speak(text, { vendor: 'sauti', voiceId, speed: speakingRate });
  }

  /** The vendor publishes no prices; an accepted synthesis is what counts. */
  #enter({ text, voiceId }: SautiSynthesis, generationId: string): LedgerEntry {
    return this.#context.ledger.accept({ vendor: 'sauti', generationId, text, voiceId, model: '', transport: 'http' });
  }

  async #accept(call: ApiCall, synthesis: SautiSynthesis): Promise<Answer> {
    const { clock, rate } = this.#context;
    const samples = (await this.#speak(synthesis)).length;
    const nowMs = clock.now();
    const workMs = Math.min(12_000, ((samples / voiceRate) * 1_000) / (call.knobs.rate ?? rate));
    const job = createJob(synthesis, { apiKey: call.apiKey, knobs: knobsOf(call), nowMs, workMs });
    this.#jobs.set(job.id, job);
    this.#enter(synthesis, job.id).samples = samples;
    return jsonAnswer(202, describeJob(job, nowMs));
  }

  #createJob(call: ApiCall): Answer | Promise<Answer> {
    const synthesis = this.#check(call);
    return 'status' in synthesis ? synthesis : this.#accept(call, synthesis);
  }

  /** Another key's job is as unknown as a wrong id (inferred). */
  #find({ apiKey }: ApiCall, id: string): SautiJob | undefined {
    const job = this.#jobs.get(id);
    return job?.apiKey === apiKey && statusOf(job, this.#context.clock.now()) !== 'gone' ? job : undefined;
  }

  #showJob(call: ApiCall, id: string): Answer {
    const job = this.#find(call, id);
    return job ? jsonAnswer(200, describeJob(job, this.#context.clock.now())) : this.#refuse(404, call);
  }

  async #sendAudio(call: ApiCall, id: string): Promise<Answer> {
    const job = this.#find(call, id);
    if (!job) return this.#refuse(404, call);
    const succeeded = statusOf(job, this.#context.clock.now()) === 'succeeded';
    if (succeeded) job.downloads += 1;
    if (!succeeded || job.downloads <= (job.knobs.lateAudio ?? 0)) return this.#refuse(409, call);
    return { status: 200, contentType: 'audio/wav', body: wavOf(await this.#speak(job.synthesis), job.knobs).wav };
  }
}

/** The emulated SAUTI. */
export const createSautiApi = (context: VendorContext): VendorApi => new SautiApi(context);
