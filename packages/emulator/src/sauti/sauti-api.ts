import { jsonAnswer, type Answer } from '../http/answer.ts';
import type { ApiCall, VendorApi, VendorContext } from '../http/vendor-api.ts';
import { resample, voiceRate } from '../resample.ts';
import { wavVariant } from '../wav-variants.ts';
import { fastApiAnswer, problemAnswer } from './sauti-bodies.ts';
import { createJob, describeJob, statusOf, type SautiJob } from './sauti-jobs.ts';
import { charactersOf, checkSynthesis, mostCharactersAtOnce, type SautiSynthesis } from './sauti-request-rules.ts';
import type { SautiKnobs } from './sauti-scenarios.ts';
import { bucketLimits, bucketOf, createSautiWindows, type BucketState } from './sauti-windows.ts';

/** The one voice that the vendor publishes, and one that is not active (vendor docs, voices). */
const voices = [
  {
    voice_id: 'sauti-swahili-v1',
    name: 'Sauti Swahili',
    language_code: 'sw',
    locale: 'sw-KE',
    gender: 'female',
    description: 'Swahili, fine-tuned on WAXAL swa_tts.',
    status: 'active',
  },
  {
    voice_id: 'sauti-test-v0',
    name: 'Sauti Test',
    language_code: 'en',
    locale: 'en-KE',
    gender: 'male',
    description: 'Not in use any more.',
    status: 'inactive',
  },
] as const;
const voiceIds = voices.map(({ voice_id }) => voice_id);

/** What the vendor's research pages say its models are trained on (inferred; the format is not documented). */
const defaultRate = 16_000;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The emulated SAUTI: `/v1/text-to-speech`, `/v1/tts/jobs`, `/v1/voices`. */
class SautiApi implements VendorApi {
  readonly vendor = 'sauti';
  readonly exposedHeaders = ['Retry-After', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
  readonly #context: VendorContext;
  readonly #jobs = new Map<string, SautiJob>();
  readonly #count = createSautiWindows();
  readonly #states = new Map<string, BucketState>();

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

  refusal(status: number, url: URL): Answer {
    return problemAnswer(status, url.pathname);
  }

  async answer(call: ApiCall): Promise<Answer> {
    const { method, url, apiKey } = call;
    const knobs = call.knobs.sauti ?? {};
    const state = this.#count(apiKey, bucketOf(method, url.pathname), this.#context.clock.now());
    this.#states.set(apiKey, state);
    if (!state.allowed && !knobs.noLimits) {
      const { bucket } = state;
      const detail = `You have exceeded ${bucketLimits[bucket]} requests per minute for ${bucket}. Try again shortly.`;
      const answer = problemAnswer(429, url.pathname, detail);
      return knobs.noRetryAfter ? answer : { ...answer, headers: { 'retry-after': String(state.waitSeconds) } };
    }
    return this.#route(call, knobs);
  }

  accountHeaders(apiKey: string): Readonly<Record<string, string>> {
    const state = this.#states.get(apiKey);
    // Without a key there is no bucket (inferred).
    if (!state) return {};
    return {
      'x-ratelimit-limit': String(bucketLimits[state.bucket]),
      'x-ratelimit-remaining': String(state.remaining),
      'x-ratelimit-reset': String(Math.floor(this.#context.clock.now() / 1_000) + state.waitSeconds),
    };
  }

  #route(call: ApiCall, knobs: SautiKnobs): Answer | Promise<Answer> {
    const { pathname, searchParams } = call.url;
    const [, , first, second, third, fourth] = pathname.split('/').map(decodeURIComponent);
    const route = `${call.method} ${first}${second === undefined ? '' : first === 'tts' ? `/${second}` : '/*'}${third === undefined ? '' : '/*'}${fourth === undefined ? '' : `/${fourth}`}`;
    switch (route) {
      case 'POST text-to-speech/*':
        return this.#synthesise(call, knobs, second ?? '');
      case 'POST tts/jobs':
        return this.#createJob(call, knobs);
      case 'GET tts/jobs/*':
        return this.#showJob(call, third ?? '');
      case 'GET tts/jobs/*/audio':
        return this.#sendAudio(call, third ?? '');
      case 'GET voices': {
        const language = searchParams.get('language');
        return jsonAnswer(200, { voices: voices.filter((voice) => !language || voice.language_code === language) });
      }
      case 'GET voices/*': {
        const voice = voices.find(({ voice_id }) => voice_id === second);
        return voice ? jsonAnswer(200, voice) : this.#missing(call);
      }
      default:
        return this.#missing(call);
    }
  }

  #missing({ url, knobs }: ApiCall): Answer {
    return knobs.sauti?.fastApi ? fastApiAnswer(404, 'Not Found') : problemAnswer(404, url.pathname);
  }

  #check(call: ApiCall, knobs: SautiKnobs, voiceInPath?: string): SautiSynthesis | Answer {
    const checked = checkSynthesis(parse(call.body), {
      ...(voiceInPath !== undefined && { voiceInPath }),
      voices: voiceIds,
      valuesFirst: knobs.valuesFirst ?? false,
    });
    if (!('detail' in checked)) return checked;
    const { status, detail } = checked;
    return knobs.fastApi && status === 422 ? fastApiAnswer(status, detail) : problemAnswer(status, call.url.pathname, detail);
  }

  async #wav({ text, speakingRate }: SautiSynthesis, knobs: SautiKnobs): Promise<{ wav: Buffer; seconds: number }> {
    const rate = knobs.wavRate ?? defaultRate;
    const samples = resample(await this.#context.speak(text), rate, speakingRate);
    const { encoding = 'int16', stereo = false, extraChunks = false } = knobs;
    return { wav: wavVariant(samples, { rate, encoding, stereo, extraChunks }), seconds: samples.length / rate };
  }

  async #synthesise(call: ApiCall, knobs: SautiKnobs, voiceId: string): Promise<Answer> {
    const checked = this.#check(call, knobs, voiceId);
    if ('status' in checked) return checked;
    const characters = charactersOf(checked.text);
    const asJob = knobs.path ? knobs.path === 'job' : characters > mostCharactersAtOnce;
    if (asJob) return this.#accept(call, checked, knobs);
    const entry = this.#enter(checked, `sync_${this.#context.ledger.entries.length + 1}`);
    const { wav, seconds } = await this.#wav(checked, knobs);
    entry.samples = Math.round(seconds * voiceRate);
    return jsonAnswer(200, {
      ...(knobs.sound !== 'absent' && { audio_base64: soundOf(wav, knobs) }),
      content_type: 'audio/wav',
      duration_seconds: Math.round(seconds * 100) / 100,
      characters_synthesized: characters,
      voice_id: voiceId,
    });
  }

  #enter({ text, voiceId }: SautiSynthesis, generationId: string) {
    const characters = charactersOf(text);
    // The vendor publishes no prices; an accepted synthesis is what counts.
    return this.#context.ledger.accept({
      vendor: 'sauti',
      generationId,
      text,
      characters,
      tokens: 0,
      voiceId,
      model: '',
      transport: 'http',
    });
  }

  async #accept(call: ApiCall, synthesis: SautiSynthesis, knobs: SautiKnobs): Promise<Answer> {
    const { clock, rate } = this.#context;
    const nowMs = clock.now();
    const soundMs = ((await this.#context.speak(synthesis.text)).length / voiceRate) * 1_000;
    const workMs = Math.min(12_000, soundMs / (call.knobs.rate ?? rate));
    const job = createJob(synthesis, { apiKey: call.apiKey, knobs, nowMs, workMs });
    this.#jobs.set(job.id, job);
    this.#enter(synthesis, job.id);
    return jsonAnswer(202, describeJob(job, nowMs));
  }

  #createJob(call: ApiCall, knobs: SautiKnobs): Answer | Promise<Answer> {
    const checked = this.#check(call, knobs);
    return 'status' in checked ? checked : this.#accept(call, checked, knobs);
  }

  /** Another key's job is as unknown as a wrong id (inferred). */
  #find({ apiKey }: ApiCall, id: string): SautiJob | undefined {
    const job = this.#jobs.get(id);
    return job?.apiKey === apiKey && statusOf(job, this.#context.clock.now()) !== 'gone' ? job : undefined;
  }

  #showJob(call: ApiCall, id: string): Answer {
    const job = this.#find(call, id);
    return job ? jsonAnswer(200, describeJob(job, this.#context.clock.now())) : this.#missing(call);
  }

  async #sendAudio(call: ApiCall, id: string): Promise<Answer> {
    const job = this.#find(call, id);
    if (!job) return this.#missing(call);
    const succeeded = statusOf(job, this.#context.clock.now()) === 'succeeded';
    if (succeeded) job.downloads += 1;
    if (!succeeded || job.downloads <= (job.knobs.lateAudio ?? 0)) return problemAnswer(409, call.url.pathname);
    const { wav } = await this.#wav(job.synthesis, job.knobs);
    return { status: 200, contentType: 'audio/wav', body: wav };
  }
}

const page = '<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>';

/** The sound in base64, or what the scenario puts in its place. */
function soundOf(wav: Buffer, { sound }: SautiKnobs): string {
  if (sound === 'bad-base64') return '§ no base64 §';
  if (sound === 'not-wav') return Buffer.from(page).toString('base64');
  return (sound === 'cut' ? wav.subarray(0, wav.length >> 1) : wav).toString('base64');
}

/** The emulated SAUTI. */
export const createSautiApi = (context: VendorContext): VendorApi => new SautiApi(context);
