import { jsonAnswer, type Answer } from '../http/answer.ts';
import type { ApiCall, VendorApi, VendorContext } from '../http/vendor-api.ts';
import { voiceRate } from '../resample.ts';
import { createAccounts, minuteEndSeconds, minuteLimits, type MoknahAccount } from './moknah-account.ts';
import { errorAnswer } from './moknah-bodies.ts';
import { encode } from './moknah-formats.ts';
import { charactersOf, checkSynthesis, type MoknahSynthesis } from './moknah-request-rules.ts';
import type { MoknahKnobs } from './moknah-scenarios.ts';

/** Voices by id; 90 belongs to somebody else. */
const voices = [
  { voice_id: 1, voice_name: 'Layla', voice_sample_url: 'https://moknah.io/samples/1.mp3' },
  { voice_id: 7, voice_name: 'Omar', voice_sample_url: 'https://moknah.io/samples/7.mp3' },
  { voice_id: 12, voice_name: 'Salma', voice_sample_url: 'https://moknah.io/samples/12.mp3' },
] as const;
const foreignVoiceId = 90;

const voiceLists: Readonly<Record<NonNullable<MoknahKnobs['voices']>, readonly object[]>> = {
  none: [],
  odd: [
    ...voices,
    { voice_name: 'Without an id', voice_sample_url: 'https://moknah.io/samples/0.mp3' },
    { voice_id: 20, voice_sample_url: 'https://moknah.io/samples/20.mp3' },
    { voice_id: '21', voice_name: 'Id as text', voice_sample_url: 'https://moknah.io/samples/21.mp3' },
    { voice_id: 22, voice_name: 'Without a sample' },
  ],
};

const shortestMs = 50;
const longestMs = 5_000;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The emulated developer API of Moknah: `/api/v1/tts/generate/` and `/api/v1/voices/`. */
class MoknahApi implements VendorApi {
  readonly vendor = 'moknah';
  readonly exposedHeaders = [
    'Retry-After',
    'RateLimit-Limit',
    'RateLimit-Remaining',
    'RateLimit-Reset',
    'Moknah-Credits-Remaining',
    'Moknah-Credits-Used',
  ];
  readonly #context: VendorContext;
  readonly #accountOf = createAccounts();
  #generations = 0;

  constructor(context: VendorContext) {
    this.#context = context;
  }

  owns(pathname: string): boolean {
    return pathname.startsWith('/api/v1/');
  }

  keyOf(headers: ApiCall['headers']): string {
    return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  }

  refusal(status: number, _url: URL, { moknah = {} }: ApiCall['knobs']): Answer {
    return errorAnswer(status, moknah);
  }

  async answer(call: ApiCall): Promise<Answer> {
    const knobs = call.knobs.moknah ?? {};
    const account = this.#account(call.apiKey, knobs);
    account.requests += 1;
    account.seen += 1;
    account.used = 0;
    if (account.requests > minuteLimits.requests && !knobs.noLimits) return this.#tooMany(account, knobs);
    const path = call.url.pathname.replace(/\/?$/, '/');
    if (path !== call.url.pathname && knobs.slash === 'missing') return errorAnswer(404, knobs, {});
    if (path !== call.url.pathname && knobs.slash === 'redirect') {
      return { status: 301, contentType: 'text/html', body: '', headers: { location: path } };
    }
    if (path === '/api/v1/voices/' && /^(GET|POST)$/.test(call.method)) {
      return jsonAnswer(200, knobs.voices ? voiceLists[knobs.voices] : voices);
    }
    if (path !== '/api/v1/tts/generate/' || call.method !== 'POST') return errorAnswer(404, knobs, {});
    return this.#generate(call, account, knobs);
  }

  accountHeaders(apiKey: string, _answer: Answer, { moknah = {} }: ApiCall['knobs']): Readonly<Record<string, string>> {
    if (moknah.hideHeaders || !apiKey) return {};
    const nowMs = this.#context.clock.now();
    const account = this.#account(apiKey, moknah);
    const reset = minuteEndSeconds(nowMs);
    return {
      'ratelimit-limit': String(minuteLimits.requests),
      'ratelimit-remaining': String(Math.max(0, minuteLimits.requests - account.requests)),
      'ratelimit-reset': String(moknah.resetDelta ? Math.ceil(reset - nowMs / 1_000) : reset),
      'moknah-credits-remaining': String(account.credits),
      'moknah-credits-used': String(account.used),
    };
  }

  #account(apiKey: string, { credits }: MoknahKnobs): MoknahAccount {
    return this.#accountOf(apiKey, this.#context.clock.now(), credits);
  }

  #tooMany(account: MoknahAccount, knobs: MoknahKnobs): Answer {
    const nowMs = this.#context.clock.now();
    const seconds = Math.max(1, Math.ceil(minuteEndSeconds(nowMs) - nowMs / 1_000));
    const remaining = Math.max(0, minuteLimits.credits - account.minuteCredits);
    const answer = errorAnswer(429, knobs, { credits_remaining: remaining, reset_after: seconds });
    if (knobs.hideHeaders) return answer;
    const date = new Date(Math.floor(nowMs / 1_000) * 1_000 + seconds * 1_000).toUTCString();
    return { ...answer, headers: { 'retry-after': knobs.retryDate ? date : String(seconds) } };
  }

  /** What refuses a synthesis, in the order that we guess (inferred). */
  #refuse({ voiceId, credits }: MoknahSynthesis, account: MoknahAccount, knobs: MoknahKnobs): Answer | undefined {
    if (voiceId === foreignVoiceId) return errorAnswer(403, knobs);
    if (!voices.some(({ voice_id }) => voice_id === voiceId)) return errorAnswer(404, knobs, { voice_id: String(voiceId) });
    if (credits > account.credits) {
      account.used = credits;
      return errorAnswer(402, knobs, { credits_remaining: account.credits, credits_required: credits });
    }
    if (account.minuteCredits + credits > minuteLimits.credits && !knobs.noLimits) return this.#tooMany(account, knobs);
    return undefined;
  }

  async #generate(call: ApiCall, account: MoknahAccount, knobs: MoknahKnobs): Promise<Answer> {
    const checked = checkSynthesis(parse(call.body));
    const broken = 'broken' in checked ? errorAnswer(400, knobs, checked.broken) : undefined;
    if (broken && knobs.bodyFirst) return broken;
    if (account.busy || account.seen <= (knobs.busy ?? 0)) return errorAnswer(409, knobs);
    if (broken || 'broken' in checked) return broken ?? errorAnswer(400, knobs);
    const refused = this.#refuse(checked, account, knobs);
    if (refused) return refused;
    account.busy = true;
    return this.#make(call, checked, account, knobs);
  }

  async #make(call: ApiCall, synthesis: MoknahSynthesis, account: MoknahAccount, knobs: MoknahKnobs): Promise<Answer> {
    const { clock, ledger, speak, rate } = this.#context;
    const { text, voiceId, format, credits } = synthesis;
    account.credits -= credits;
    account.minuteCredits += credits;
    account.used = credits;
    this.#generations += 1;
    const entry = ledger.accept({
      vendor: 'moknah',
      generationId: `moknah_${this.#generations}`,
      text,
      characters: charactersOf(text),
      tokens: 0,
      credits,
      voiceId: String(voiceId),
      model: format,
      transport: 'http',
    });
    const voice = await speak(text);
    entry.samples = voice.length;
    const soundMs = (voice.length / voiceRate) * 1_000;
    const pace = call.knobs.rate ?? rate;
    await clock.wait(knobs.latencyMs ?? Math.min(longestMs, Math.max(shortestMs, soundMs / pace)), call.left);
    const { body, contentType } = encode(voice, format);
    const free = (): void => void (account.busy = false);
    return {
      status: 200,
      contentType: knobs.wrongType ? 'text/plain' : contentType,
      body: knobs.halfSample ? body.subarray(0, body.length - 1) : body,
      released: () => void (call.left.aborted && knobs.holdMs ? clock.wait(knobs.holdMs).then(free) : free()),
    };
  }
}

/** The emulated Moknah. */
export const createMoknahApi = (context: VendorContext): VendorApi => new MoknahApi(context);
